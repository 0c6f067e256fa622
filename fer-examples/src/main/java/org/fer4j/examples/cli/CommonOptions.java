package org.fer4j.examples.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every sub-command. */
final class CommonOptions {

  @Option(
      names = {"-v", "--verbose"},
      description = "Print what is behind a failure as well.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it.
  private boolean helpRequested;

  /** Prints a stack trace if it is wanted and there is one. */
  void printTrace(PrintWriter log, @Nullable Throwable cause) {
    if (verbose && cause != null) {
      cause.printStackTrace(log);
    }
  }
}
