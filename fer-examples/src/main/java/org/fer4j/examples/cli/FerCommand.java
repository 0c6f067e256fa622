package org.fer4j.examples.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code fer} itself, which only has sub-commands.
 *
 * <p>Confined to one thread.
 */
@Command(
    name = "fer",
    description = "Tells facial expressions in images. Everything stays on this machine.",
    subcommands = {
      AnalyzeCommand.class,
      EvaluateCommand.class,
      TrainCommand.class,
      TrainClassicalCommand.class,
      FuseCommand.class,
      AblationCommand.class,
      DatasetCommand.class,
      ModelsCommand.class
    },
    versionProvider = FerCommand.Version.class,
    footer = {"", "Scores describe expressions, not feelings."})
public final class FerCommand implements Runnable {

  /** How wide help texts are. */
  private static final int HELP_WIDTH = 100;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and exit.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it.
  private boolean versionRequested;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it.
  private boolean helpRequested;

  /** Creates the command; picocli fills it. */
  public FerCommand() {}

  /**
   * Runs a command line.
   *
   * @return 0, 1 if the work failed, or 2 for wrong usage
   */
  public static int run(OutputStream out, OutputStream err, String... arguments) {
    PrintWriter results = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    PrintWriter log = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    CommandLine command =
        new CommandLine(new FerCommand())
            .setOut(results)
            .setErr(log)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(HELP_WIDTH)
            .setParameterExceptionHandler(FerCommand::wrongUsage)
            .setExecutionExceptionHandler(FerCommand::failed);
    int status = command.execute(arguments);
    results.flush();
    return status;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Missing sub-command");
    }
  }

  private static int wrongUsage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter log = command.getErr();
    log.println("fer: " + failure.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, log);
    log.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    String message = failure.getMessage();
    command.getErr().println("fer: " + (message == null ? failure.toString() : message));
    if (arguments.subcommand() != null && arguments.subcommand().hasMatchedOption("--verbose")) {
      failure.printStackTrace(command.getErr());
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  /** Reads the version from the jar. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {text()};
    }

    static String text() {
      String version = FerCommand.class.getPackage().getImplementationVersion();
      return "fer " + (version == null ? "(not from a jar)" : version);
    }
  }
}
