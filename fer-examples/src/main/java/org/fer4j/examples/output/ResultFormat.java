package org.fer4j.examples.output;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The formats in which results are printed.
 *
 * <p>Immutable and safe for use by many threads.
 */
public enum ResultFormat {
  /** Aligned columns for people, a row for each face. */
  TABLE {
    @Override
    public ResultWriter open(PrintWriter out, List<Path> files) {
      return new TableResultWriter(out, files);
    }
  },
  /** A JSON object for each image, one a line. */
  JSONL {
    @Override
    public ResultWriter open(PrintWriter out, List<Path> files) {
      return new JsonLinesResultWriter(out);
    }
  };

  /**
   * Starts printing.
   *
   * @param out not closed in the end
   * @param files that results will come of
   */
  public abstract ResultWriter open(PrintWriter out, List<Path> files);

  /** Returns the name on the command line, for example "jsonl". */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
