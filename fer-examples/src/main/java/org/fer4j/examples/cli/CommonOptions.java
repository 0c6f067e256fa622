package org.fer4j.examples.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every sub-command, and its ways to the outside. */
final class CommonOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

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

  /** Returns where results are printed. */
  PrintWriter out() {
    return command().commandLine().getOut();
  }

  /** Returns where everything else is printed. */
  PrintWriter log() {
    return command().commandLine().getErr();
  }

  /** Returns what was typed. */
  List<String> arguments() {
    return command().commandLine().getParseResult().originalArgs();
  }

  /** Returns the failure that shows a message and how the command is used. */
  ParameterException usage(String message) {
    return new ParameterException(command().commandLine(), message);
  }

  /** As {@link #usage(String)}, with the message of a cause. */
  ParameterException usage(Exception cause) {
    return usage("", cause);
  }

  /**
   * As {@link #usage(Exception)}.
   *
   * @param before what is said before the cause's message
   */
  ParameterException usage(String before, Exception cause) {
    return new ParameterException(command().commandLine(), before + cause.getMessage(), cause);
  }

  private CommandSpec command() {
    if (command == null) {
      throw new IllegalStateException("picocli sets the command before it runs.");
    }
    return command;
  }

  /** Prints a stack trace if it is wanted and there is one. */
  void printTrace(PrintWriter log, @Nullable Throwable cause) {
    if (verbose && cause != null) {
      cause.printStackTrace(log);
    }
  }
}
