package org.fer4j.training.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fer4j.Emotion;
import org.fer4j.FerException;

/**
 * The file of the FER2013 challenge (Goodfellow et al., <i>Challenges in Representation
 * Learning</i>, 2013), under either name that Kaggle gave it, with the columns "emotion", "pixels"
 * and "Usage" in any order. FER+'s fer2013new.csv beside it has a line of votes for each line; an
 * image without a name there was dropped by FER+.
 *
 * <p>The pixels stay in memory, 2.3 KB for each image.
 */
final class Fer2013CsvLayout implements DatasetLayout {

  private static final List<String> NAMES = List.of("fer2013.csv", "icml_face_data.csv");

  private static final String VOTES = "fer2013new.csv";

  private static final int SIDE = 48;

  /** What the numbers from 0 on stand for. */
  private static final List<Emotion> EMOTIONS =
      List.of(
          Emotion.ANGER,
          Emotion.DISGUST,
          Emotion.FEAR,
          Emotion.HAPPINESS,
          Emotion.SADNESS,
          Emotion.SURPRISE,
          Emotion.NEUTRAL);

  @Override
  public boolean matches(Path path) {
    return isCsv(path) || NAMES.stream().anyMatch(name -> Files.exists(path.resolve(name)));
  }

  private static boolean isCsv(Path path) {
    return Files.isRegularFile(path)
        && DatasetLayout.fileName(path).toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  @Override
  public List<LabeledImage> images(Path path, Optional<Split> split) throws IOException {
    Path images =
        isCsv(path)
            ? path
            : NAMES.stream().map(path::resolve).filter(Files::exists).findFirst().orElseThrow();
    if (images.endsWith(VOTES)) {
      throw new FerException(
          "%s has votes but no pixels: name the fer2013.csv beside it".formatted(images));
    }
    Path votes = images.resolveSibling(VOTES);
    return Files.exists(votes) ? voted(images, votes, split) : labelled(images, split);
  }

  private static List<LabeledImage> labelled(Path file, Optional<Split> split) throws IOException {
    List<LabeledImage> images = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      Rows rows = new Rows(file, reader);
      while (rows.next()) {
        if (rows.isIn(split)) {
          Emotion emotion = rows.emotion();
          images.add(LabeledImage.certain(rows.id(), rows.split(), rows.pixels(), emotion));
        }
      }
    }
    return images;
  }

  private static List<LabeledImage> voted(Path file, Path votes, Optional<Split> split)
      throws IOException {
    List<LabeledImage> images = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file);
        BufferedReader voteReader = Files.newBufferedReader(votes)) {
      Rows rows = new Rows(file, reader);
      CsvLines voteLines = new CsvLines(votes, voteReader);
      voteLines.next(); // The header; its columns have never changed.
      while (rows.next()) {
        if (!voteLines.next()) {
          throw voteLines.failure("expected a line for each image of " + file);
        }
        voteLines.requireColumns(2 + Votes.COLUMNS);
        if (!voteLines.column(0).equals(rows.usage())) {
          throw voteLines.failure(
              "expected the usage %s as in line %d of %s, found %s"
                  .formatted(rows.usage(), rows.number(), file, voteLines.column(0)));
        }
        if (rows.isIn(split) && !voteLines.column(1).isBlank()) {
          images.add(
              LabeledImage.voted(rows.id(), rows.split(), rows.pixels(), voteLines.votes(2)));
        }
      }
      if (voteLines.next()) {
        throw voteLines.failure("%s has no such line".formatted(file));
      }
    }
    return images;
  }

  /** The lines of the file with pixels. */
  private static final class Rows {

    private final Path file;
    private final CsvLines lines;
    private final int columns;
    private final int emotion;
    private final int pixels;
    private final int usage;

    Rows(Path file, BufferedReader reader) throws IOException {
      this.file = file;
      lines = new CsvLines(file, reader);
      lines.next();
      List<String> header = lines.columns().stream().map(String::strip).toList();
      columns = header.size();
      emotion = header.indexOf("emotion");
      pixels = header.indexOf("pixels");
      usage = header.indexOf("Usage");
      if (emotion < 0 || pixels < 0 || usage < 0) {
        throw lines.failure("expected the columns emotion, pixels and Usage, found " + header);
      }
    }

    boolean next() throws IOException {
      if (!lines.next()) {
        return false;
      }
      lines.requireColumns(columns);
      return true;
    }

    int number() {
      return lines.number();
    }

    String id() {
      return "%s, line %d".formatted(file, number());
    }

    String usage() {
      return lines.column(usage).strip();
    }

    boolean isIn(Optional<Split> wanted) {
      return wanted.isEmpty() || wanted.equals(split());
    }

    Optional<Split> split() {
      return Split.ofUsage(usage());
    }

    Emotion emotion() {
      int number = lines.integer(emotion);
      if (number < 0 || number >= EMOTIONS.size()) {
        throw lines.failure(
            "expected an emotion from 0 to %d, found %d".formatted(EMOTIONS.size() - 1, number));
      }
      return EMOTIONS.get(number);
    }

    ImageSource pixels() {
      String text = lines.column(pixels);
      byte[] grey = new byte[SIDE * SIDE];
      int count = 0;
      int value = -1;
      // By hand: splitting 80 million numbers into strings takes a minute.
      for (int i = 0; i <= text.length(); i++) {
        char c = i < text.length() ? text.charAt(i) : ' ';
        if (c >= '0' && c <= '9') {
          value = Math.max(0, value) * 10 + (c - '0');
        } else if (c != ' ') {
          throw lines.failure("expected grey values and blanks, found '%c'".formatted(c));
        }
        if (value > 255) {
          throw lines.failure("expected grey values from 0 to 255, found " + value);
        }
        if (c == ' ' && value >= 0) {
          if (count < grey.length) {
            grey[count] = (byte) value;
          }
          count++;
          value = -1;
        }
      }
      if (count != grey.length) {
        throw lines.failure("expected %d grey values, found %d".formatted(grey.length, count));
      }
      return new GreyPixels(SIDE, SIDE, grey);
    }
  }
}
