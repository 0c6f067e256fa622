package org.fer4j.training.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.fer4j.FerException;

/**
 * The folders that FER+'s generate_training_data.py writes: PNGs of 48x48 and a label.csv without a
 * header, with lines such as {@code fer0000000.png,"(0, 0, 48, 48)",4,0,0,1,3,2,0,0,0,0}.
 */
final class FerPlusLayout implements DatasetLayout {

  private static final String LABELS = "label.csv";

  @Override
  public boolean matches(Path path) {
    return Files.exists(path.resolve(LABELS))
        || splitOf(path).isPresent()
        || Arrays.stream(Split.values())
            .anyMatch(split -> Files.isDirectory(path.resolve(split.ferPlusFolder())));
  }

  @Override
  public List<LabeledImage> images(Path path, Optional<Split> split) throws IOException {
    if (Files.exists(path.resolve(LABELS)) || splitOf(path).isPresent()) {
      requireSplit(path, split);
      return folder(path);
    }
    List<LabeledImage> images = new ArrayList<>();
    for (Split each : split.map(List::of).orElse(List.of(Split.values()))) {
      Path folder = path.resolve(each.ferPlusFolder());
      if (Files.isDirectory(folder)) {
        images.addAll(folder(folder));
      } else if (split.isPresent()) {
        throw new FerException("%s has no folder %s".formatted(path, each.ferPlusFolder()));
      }
    }
    return images;
  }

  private static Optional<Split> splitOf(Path folder) {
    return Arrays.stream(Split.values())
        .filter(split -> split.ferPlusFolder().equals(DatasetLayout.fileName(folder)))
        .findFirst();
  }

  private static void requireSplit(Path folder, Optional<Split> wanted) {
    Optional<Split> found = splitOf(folder);
    if (wanted.isPresent() && found.isPresent() && !wanted.equals(found)) {
      throw new FerException(
          "%s holds the split %s, but %s was asked for: name the parent folder"
              .formatted(folder, found.get().label(), wanted.get().label()));
    }
  }

  private static List<LabeledImage> folder(Path folder) throws IOException {
    Path labels = folder.resolve(LABELS);
    if (!Files.exists(labels)) {
      throw new FerException("%s has no %s".formatted(folder, LABELS));
    }
    Set<String> files;
    try (var stream = Files.list(folder)) {
      files = stream.map(DatasetLayout::fileName).collect(Collectors.toSet());
    }
    Optional<Split> split = splitOf(folder);
    List<LabeledImage> images = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(labels)) {
      CsvLines lines = new CsvLines(labels, reader);
      while (lines.next()) {
        lines.requireColumns(2 + Votes.COLUMNS);
        String file = lines.column(0);
        if (!files.contains(file)) {
          throw lines.failure("there is no image %s".formatted(folder.resolve(file)));
        }
        Path image = folder.resolve(file);
        images.add(
            LabeledImage.voted(image.toString(), split, new ImageFile(image), lines.votes(2)));
      }
    }
    return images;
  }
}
