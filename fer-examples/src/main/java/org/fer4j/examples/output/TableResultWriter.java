package org.fer4j.examples.output;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.fer4j.BoundingBox;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.FaceResult;
import org.fer4j.examples.analysis.ImageResult;

/**
 * Columns for people. Failures are left to the log: a sentence does not fit into a column.
 *
 * <p>The width of the first column follows from the names of all files, so that rows can be printed
 * as they come.
 */
final class TableResultWriter implements ResultWriter {

  private static final int MIN_FILE_WIDTH = 4;
  private static final int MAX_FILE_WIDTH = 48;
  private static final String ELLIPSIS = "...";
  private static final String ROW = "  %-19s  %-10s  %10s  %s%n";
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintWriter out;
  private final int fileWidth;
  private boolean started;

  TableResultWriter(PrintWriter out, List<Path> files) {
    this.out = out;
    int longest = files.stream().mapToInt(file -> file.toString().length()).max().orElse(0);
    this.fileWidth = Math.max(MIN_FILE_WIDTH, Math.min(MAX_FILE_WIDTH, longest));
  }

  @Override
  public void write(ImageResult result) {
    if (result instanceof ImageResult.Analyzed image) {
      start();
      if (image.faces().isEmpty()) {
        printFile(image.file());
        out.printf("  no face%n");
      }
      for (FaceResult face : image.faces()) {
        printFile(image.file());
        printFace(face);
      }
      out.flush();
    }
  }

  private void start() {
    if (!started) {
      started = true;
      out.printf("%-" + fileWidth + "s", "FILE");
      out.printf(ROW, "BOX", "EXPRESSION", "CONFIDENCE", "RUNNER-UP");
    }
  }

  private void printFile(Path file) {
    out.printf("%-" + fileWidth + "s", shortened(file.toString()));
  }

  /** Keeps the end of a long path: there the files differ. */
  private String shortened(String file) {
    return file.length() <= fileWidth
        ? file
        : ELLIPSIS + file.substring(file.length() - fileWidth + ELLIPSIS.length());
  }

  private void printFace(FaceResult face) {
    EmotionScores scores = face.scores();
    Emotion second = runnerUp(scores);
    out.printf(
        Locale.ROOT,
        ROW,
        text(face.face().box()),
        scores.top().label(),
        percent(scores.confidence()),
        second.label() + " " + percent(scores.of(second)));
  }

  private static String text(BoundingBox box) {
    return String.format(
        Locale.ROOT, "%.0f,%.0f %.0fx%.0f", box.x(), box.y(), box.width(), box.height());
  }

  private static String percent(float probability) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * probability);
  }

  private static Emotion runnerUp(EmotionScores scores) {
    Emotion second = scores.top() == Emotion.NEUTRAL ? Emotion.HAPPINESS : Emotion.NEUTRAL;
    for (Emotion emotion : Emotion.all()) {
      if (emotion != scores.top() && scores.of(emotion) > scores.of(second)) {
        second = emotion;
      }
    }
    return second;
  }

  @Override
  public void finish(Summary summary) {
    if (started) {
      out.println();
    }
    out.print(count(summary.images(), "image") + ", " + count(summary.faces(), "face"));
    if (summary.failures() > 0) {
      out.print(", " + count(summary.failures(), "failure"));
    }
    out.printf(Locale.ROOT, " in %.2f s%n", summary.wallNanos() / NANOS_PER_SECOND);
    out.flush();
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
