package org.fer4j.training.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fer4j.Emotion;
import org.fer4j.FerException;

/**
 * What other annotators said of images that a dataset has already: FER2013's original labels for
 * the images of FER+, for example.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class SecondLabels {

  private static final SecondLabels NONE = new SecondLabels(Map.of());

  private final Map<String, Emotion> byFileName;

  private SecondLabels(Map<String, Emotion> byFileName) {
    this.byFileName = byFileName;
  }

  /** Returns labels for no image. */
  public static SecondLabels none() {
    return NONE;
  }

  /**
   * Reads a CSV file with the columns {@code image} (a file name; folders before it don't count)
   * and {@code label} (the usual names of expressions) anywhere in its first line.
   *
   * @throws FerException if it can't be read or a line is wrong
   */
  public static SecondLabels read(Path file) {
    Map<String, Emotion> labels = new HashMap<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      CsvLines lines = new CsvLines(file, reader);
      List<String> names = lines.next() ? lines.columns() : List.of();
      int image = names.indexOf("image");
      int label = names.indexOf("label");
      if (image < 0 || label < 0) {
        throw new FerException(
            "%s: expected a first line with the columns 'image' and 'label', found %s"
                .formatted(file, names));
      }
      while (lines.next()) {
        lines.requireColumns(names.size());
        String name = lines.column(label);
        labels.put(
            fileName(lines.column(image)),
            EmotionNames.find(name)
                .orElseThrow(
                    () ->
                        lines.failure(
                            "'%s' is no expression; known are %s"
                                .formatted(name, EmotionNames.known()))));
      }
    } catch (IOException e) {
      throw new FerException("%s can't be read: %s".formatted(file, e.getMessage()), e);
    }
    return new SecondLabels(labels);
  }

  /** Returns the second label of an image, if there is one. */
  public Optional<Emotion> of(LabeledImage image) {
    return Optional.ofNullable(byFileName.get(fileName(image.id())));
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
