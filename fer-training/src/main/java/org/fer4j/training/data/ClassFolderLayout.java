package org.fer4j.training.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.fer4j.Emotion;
import org.fer4j.FerException;

/**
 * A folder for each expression, below folders for the splits or not.
 *
 * <p>Whatever split has no folder of its own is taken out of the others by a hash of the file's
 * path below the root, so that it does not change when files are added: of 100 images, 10 validate
 * and 10 test if there are no split folders; if there are some but none for validation, 10 of the
 * training images validate. Only a missing test folder beside a training folder is an error: to
 * train on images that were meant to be the test would be worse.
 */
final class ClassFolderLayout implements DatasetLayout {

  private static final Map<Split, Set<String>> SPLIT_NAMES =
      Map.of(
          Split.TRAIN, Set.of("train", "training"),
          Split.VALID, Set.of("valid", "val", "validation", "dev"),
          Split.TEST, Set.of("test", "testing"));

  private static final Set<String> IMAGE_SUFFIXES =
      Set.of("png", "jpg", "jpeg", "bmp", "gif", "webp", "tif", "tiff");

  private static final int PERCENT_VALID = 10;
  private static final int PERCENT_TEST = 10;

  @Override
  public boolean matches(Path path) throws IOException {
    return hasClasses(path) || !splitFolders(path).isEmpty();
  }

  private static boolean hasClasses(Path path) throws IOException {
    return folders(path).stream().anyMatch(folder -> EmotionNames.find(name(folder)).isPresent());
  }

  private static Map<Split, Path> splitFolders(Path path) throws IOException {
    Map<Split, Path> found = new EnumMap<>(Split.class);
    for (Path folder : folders(path)) {
      String name = name(folder).toLowerCase(Locale.ROOT);
      for (Split split : Split.values()) {
        if (SPLIT_NAMES.getOrDefault(split, Set.of()).contains(name) && hasClasses(folder)) {
          found.put(split, folder);
        }
      }
    }
    return found;
  }

  @Override
  public List<LabeledImage> images(Path path, Optional<Split> split) throws IOException {
    List<LabeledImage> images =
        hasClasses(path)
            ? images(path, path, ClassFolderLayout::share)
            : imagesOfSplits(path, splitFolders(path), split);
    return images.stream().filter(image -> split.isEmpty() || split.equals(image.split())).toList();
  }

  private static List<LabeledImage> imagesOfSplits(
      Path path, Map<Split, Path> folders, Optional<Split> split) throws IOException {
    boolean carved = !folders.containsKey(Split.VALID);
    if (split.isPresent() && !folders.containsKey(source(split.get(), carved))) {
      throw new FerException(
          "%s has no folder for the split %s".formatted(path, split.get().label()));
    }
    List<LabeledImage> images = new ArrayList<>();
    for (Map.Entry<Split, Path> entry : folders.entrySet()) {
      Split named = entry.getKey();
      if (split.isEmpty() || source(split.get(), carved) == named) {
        images.addAll(
            images(
                path,
                entry.getValue(),
                file -> carved && named == Split.TRAIN ? trainOrValid(file) : named));
      }
    }
    return images;
  }

  /** Returns the split whose folder a split's images lie in. */
  private static Split source(Split split, boolean carved) {
    return carved && split == Split.VALID ? Split.TRAIN : split;
  }

  private static Split trainOrValid(String file) {
    return percentile(file) < PERCENT_VALID ? Split.VALID : Split.TRAIN;
  }

  private static Split share(String file) {
    int percentile = percentile(file);
    return percentile < PERCENT_VALID
        ? Split.VALID
        : percentile < PERCENT_VALID + PERCENT_TEST ? Split.TEST : Split.TRAIN;
  }

  private static int percentile(String file) {
    CRC32 hash = new CRC32();
    hash.update(file.getBytes(StandardCharsets.UTF_8));
    return (int) (hash.getValue() % 100);
  }

  private static List<LabeledImage> images(Path root, Path folder, Function<String, Split> splitOf)
      throws IOException {
    List<LabeledImage> images = new ArrayList<>();
    for (Path classFolder : folders(folder)) {
      Emotion emotion =
          EmotionNames.find(name(classFolder))
              .orElseThrow(
                  () ->
                      new FerException(
                          "%s is not named after an expression; known are %s"
                              .formatted(classFolder, EmotionNames.known())));
      try (var stream = Files.walk(classFolder)) {
        stream
            .filter(ClassFolderLayout::isImage)
            .sorted(Comparator.comparing(Path::toString))
            .forEach(
                file ->
                    images.add(
                        LabeledImage.certain(
                            file.toString(),
                            Optional.of(splitOf.apply(below(root, file))),
                            new ImageFile(file),
                            emotion)));
      }
    }
    return images;
  }

  /** Returns the path below the root, the same on every system. */
  private static String below(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static boolean isImage(Path file) {
    String name = name(file);
    String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && IMAGE_SUFFIXES.contains(suffix) && Files.isRegularFile(file);
  }

  private static List<Path> folders(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (var stream = Files.list(path)) {
      return stream
          .filter(Files::isDirectory)
          .filter(folder -> !name(folder).startsWith(".") && !name(folder).startsWith("__"))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private static String name(Path path) {
    return DatasetLayout.fileName(path);
  }
}
