package org.fer4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.fer4j.PipelineDescription;
import org.fer4j.bulk.BulkPipeline;
import org.fer4j.bulk.BulkResult;
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
      description = "Print what runs the networks, and what is behind a failure.")
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

  /**
   * Reads a recipe.
   *
   * @param value of the option --recipe: a file or the name of a bundled one
   */
  <R> R recipe(String value, Function<Path, R> read, Function<String, R> named) {
    Path file = Path.of(value);
    if (Files.isRegularFile(file)) {
      return read.apply(file);
    }
    try {
      return named.apply(value);
    } catch (IllegalArgumentException e) {
      throw usage("Invalid value for option '--recipe': no file of this name, and ", e);
    }
  }

  private CommandSpec command() {
    if (command == null) {
      throw new IllegalStateException("picocli sets the command before it runs.");
    }
    return command;
  }

  /** Asks one worker, as all have the same networks, what runs them, and prints it if wanted. */
  <W extends AutoCloseable> void printDescription(
      BulkPipeline<W> workers, Function<W, PipelineDescription> describe) {
    if (verbose) {
      Iterator<BulkResult<String, PipelineDescription>> answers =
          workers.process(List.of("describe").iterator(), (tools, item) -> describe.apply(tools));
      answers.next().orElseThrow().toString().lines().forEach(log()::println);
    }
  }

  /** Prints a stack trace if it is wanted and there is one. */
  void printTrace(PrintWriter log, @Nullable Throwable cause) {
    if (verbose && cause != null) {
      cause.printStackTrace(log);
    }
  }
}
