package org.fer4j.examples;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import org.fer4j.examples.cli.FerCommand;

/**
 * Starts the {@code fer} application.
 *
 * <p>Safe for use by many threads, each with streams of its own.
 */
public final class Fer {

  private Fer() {}

  /** Runs a command line and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(
        run(
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            arguments));
  }

  /**
   * Runs a command line.
   *
   * @param out for results, in UTF-8; not closed
   * @param err for progress, logs and errors; not closed
   * @return 0, 1 if the work failed, or 2 for wrong usage
   */
  public static int run(OutputStream out, OutputStream err, String... arguments) {
    return FerCommand.run(out, err, arguments);
  }
}
