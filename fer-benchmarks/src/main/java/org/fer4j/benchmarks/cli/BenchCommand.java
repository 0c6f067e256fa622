package org.fer4j.benchmarks.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.fer4j.FerException;
import org.fer4j.benchmarks.FrameRatio;
import org.fer4j.benchmarks.JmhSuite;
import org.fer4j.benchmarks.LiveLatency;
import org.fer4j.benchmarks.history.Commit;
import org.fer4j.benchmarks.history.Comparison;
import org.fer4j.benchmarks.history.FrameCost;
import org.fer4j.benchmarks.history.HistoryChart;
import org.fer4j.benchmarks.history.HistoryEntry;
import org.fer4j.benchmarks.history.HistoryFolder;
import org.fer4j.benchmarks.history.Latency;
import org.fer4j.benchmarks.history.Machine;
import org.fer4j.benchmarks.history.Measurement;
import org.fer4j.benchmarks.history.ReadmeTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code ./bench}: measures what a frame costs beside its networks, and remembers it.
 *
 * <p>Confined to one thread.
 */
@Command(
    name = "bench",
    description = {
      "Measures what a frame costs beside its networks.",
      "",
      "Without a command it measures each stage, whole frames and live latency for about ten minutes,"
          + " keeps the figures in fer-benchmarks/history and draws its chart. Let the machine do"
          + " nothing else meanwhile.",
      ""
    },
    footer = {
      "",
      "Exits with 0, with 1 if the work failed or a frame got worse, or 2 for wrong usage."
    })
public final class BenchCommand implements Callable<Integer> {

  private static final int HELP_WIDTH = 100;
  private static final int LIVE_FRAMES = 1_500;
  private static final int QUICK_LIVE_FRAMES = 300;

  /** One of these. */
  static final class Mode {

    @Option(
        names = "--quick",
        description =
            "Measure only whole frames of 640 x 480 and live latency: two minutes, kept nowhere.")
    private boolean quick;

    @Option(
        names = "--compare",
        description =
            "Measure only the ratio, and fail if it is more than 10 %% worse than in the last entry of the"
                + " history, one of the same processor if there is any.")
    private boolean compare;
  }

  private final HistoryFolder history;
  private final Path repository;

  @Spec private @Nullable CommandSpec spec;

  @ArgGroup private Mode mode = new Mode();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Print this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it.
  private boolean helpRequested;

  BenchCommand(Path repository) {
    this.repository = repository;
    this.history = new HistoryFolder(repository);
  }

  /**
   * Runs a command line and exits with its status. The property {@code org.fer4j.bench.home} names
   * the repository; by default it is the working directory.
   */
  public static void main(String[] arguments) {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    // Nothing else may come between results.
    System.setOut(System.err);
    Path repository = Path.of(System.getProperty("org.fer4j.bench.home", ""));
    System.exit(run(repository, out, System.err, arguments));
  }

  /**
   * Runs a command line.
   *
   * @param repository that holds the history
   * @param out for results, in UTF-8; not closed
   * @param err for progress and errors; not closed
   * @return 0, 1 if the work failed or a frame got worse, or 2 for wrong usage
   */
  static int run(Path repository, OutputStream out, OutputStream err, String... arguments) {
    PrintWriter results = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    int status =
        new CommandLine(new BenchCommand(repository))
            .setOut(results)
            .setErr(new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true))
            .setUsageHelpWidth(HELP_WIDTH)
            .setParameterExceptionHandler(BenchCommand::wrongUsage)
            .setExecutionExceptionHandler(BenchCommand::failed)
            .execute(arguments);
    results.flush();
    return status;
  }

  private static int wrongUsage(ParameterException failure, String[] arguments) {
    PrintWriter log = failure.getCommandLine().getErr();
    log.println("bench: " + failure.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, log);
    log.println("Try './bench --help'.");
    return ExitCode.USAGE;
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    String message = failure.getMessage();
    command.getErr().println("bench: " + (message == null ? failure.toString() : message));
    return ExitCode.SOFTWARE;
  }

  @Override
  public Integer call() {
    if (mode.compare) {
      return compare();
    }
    log("Measuring the ratio ...");
    FrameCost frame = FrameRatio.measure();
    log("Measuring live latency ...");
    Latency live = LiveLatency.measure(mode.quick ? QUICK_LIVE_FRAMES : LIVE_FRAMES);
    List<Measurement> benchmarks =
        mode.quick ? JmhSuite.runQuick(System.err) : JmhSuite.runAll(System.err);
    HistoryEntry entry =
        new HistoryEntry(
            version(),
            Commit.of(repository),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Machine.current(),
            frame,
            live,
            benchmarks);
    Summary.print(entry, out());
    if (!mode.quick) {
      log("Kept in " + history.keep(entry));
      drawChart();
    }
    return ExitCode.OK;
  }

  private int compare() {
    HistoryEntry before =
        history
            .latestFor(Machine.current().cpu())
            .orElseThrow(() -> noHistory("There is nothing to compare with"));
    Comparison comparison = new Comparison(before, FrameRatio.measure());
    if (comparison.isWorse()) {
      // What other programs did in that minute must not count.
      log(comparison.sentence() + " Measuring once more ...");
      comparison = new Comparison(before, FrameRatio.measure());
    }
    if (comparison.isWorse()) {
      throw new FerException(comparison.sentence());
    }
    out().println(comparison.sentence());
    return ExitCode.OK;
  }

  @Command(
      name = "ratio",
      description =
          "Prints one line of JSON: a frame of 640 x 480 beside its networks, in a minute.")
  int ratio() {
    requireNoMode();
    out().println(FrameRatio.measure().toJson());
    return ExitCode.OK;
  }

  @Command(
      name = "table",
      description = "Prints the last entry of the history as rows of the README's table.")
  int table() {
    requireNoMode();
    HistoryEntry latest =
        history.latest().orElseThrow(() -> noHistory("There is nothing to print"));
    ReadmeTable.rows(latest).forEach(out()::println);
    return ExitCode.OK;
  }

  @Command(name = "chart", description = "Draws the history's chart again.")
  int chart() {
    requireNoMode();
    drawChart();
    return ExitCode.OK;
  }

  private void drawChart() {
    List<HistoryEntry> entries = history.entries();
    if (entries.isEmpty()) {
      throw noHistory("There is nothing to draw");
    }
    HistoryChart.draw(entries, history.chart());
    log("Drawn in " + history.chart());
  }

  private void requireNoMode() {
    if (mode.quick || mode.compare) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--quick and --compare stand alone, without a command");
    }
  }

  private static FerException noHistory(String what) {
    return new FerException(what + ": no entry was kept yet. './bench' makes one.");
  }

  private static String version() {
    String version = BenchCommand.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private void log(String line) {
    Objects.requireNonNull(spec).commandLine().getErr().println(line);
  }
}
