package org.fer4j.benchmarks;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fer4j.benchmarks.history.Measurement;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * All JMH benchmarks of a frame and its stages with the parameters of the history, some seconds
 * each.
 *
 * <p>Confined: JMH refuses a second run beside one.
 */
public final class JmhSuite {

  private static final String[] ALL_FACES = {"1", "2", "8"};
  private static final String[] ALL_SIZES = {"320x240", "640x480", "1280x720", "1920x1080"};
  private static final String YARDSTICK = ".bareNetwork";
  private static final String BYTES_PER_OP = "gc.alloc.rate.norm";

  private static final List<Plan> FULL =
      List.of(
          new Plan("FrameBenchmark.process", Map.of("faces", ALL_FACES, "size", ALL_SIZES)),
          new Plan("FrameBenchmark.bareNetworks", Map.of("faces", ALL_FACES)),
          new Plan("DetectBenchmark.(detect|withoutNetwork|letterbox)", Map.of("size", ALL_SIZES)),
          new Plan("DetectBenchmark.bareNetwork", Map.of()),
          new Plan("ClassifyBenchmark", Map.of("faces", ALL_FACES)),
          new Plan("LandmarkBenchmark", Map.of()));

  private static final List<Plan> QUICK = List.of(new Plan("FrameBenchmark", Map.of()));

  /** Benchmarks, by a regular expression, and their parameters where they are not the defaults. */
  private record Plan(String benchmarks, Map<String, String[]> params) {}

  private JmhSuite() {}

  /**
   * Runs all benchmarks: some six minutes.
   *
   * @param log for progress
   * @throws IllegalStateException if one fails, for example because its answer is wrong
   */
  public static List<Measurement> runAll(PrintStream log) {
    return run(FULL, 2, 5, log);
  }

  /** Runs only those of the whole frame: half a minute. */
  public static List<Measurement> runQuick(PrintStream log) {
    return run(QUICK, 2, 2, log);
  }

  private static List<Measurement> run(
      List<Plan> plans, int warmUpSeconds, int seconds, PrintStream log) {
    List<Measurement> measured = new ArrayList<>();
    for (Plan plan : plans) {
      ChainedOptionsBuilder options =
          new OptionsBuilder()
              .include("\\." + plan.benchmarks())
              .forks(1)
              .warmupIterations(warmUpSeconds)
              .warmupTime(TimeValue.seconds(1))
              .measurementIterations(seconds)
              .measurementTime(TimeValue.seconds(1))
              .shouldFailOnError(true)
              .addProfiler(GCProfiler.class);
      plan.params().forEach(options::param);
      try {
        new Runner(
                options.build(), OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL))
            .run().stream().map(JmhSuite::measurement).forEach(measured::add);
      } catch (RunnerException e) {
        throw new IllegalStateException("A benchmark failed: " + e.getMessage(), e);
      }
    }
    return withRatios(measured);
  }

  private static Measurement measurement(RunResult run) {
    BenchmarkParams benchmark = run.getParams();
    Map<String, String> params = new HashMap<>();
    benchmark.getParamsKeys().forEach(key -> params.put(key, benchmark.getParam(key)));
    String name = benchmark.getBenchmark();
    Result<?> time = run.getPrimaryResult();
    Map<String, Double> percentiles = new HashMap<>();
    Measurement.PERCENTILES.forEach(
        (key, percent) ->
            percentiles.put(key, rounded(time.getStatistics().getPercentile(percent))));
    Result<?> bytes = run.getSecondaryResults().get(BYTES_PER_OP);
    return new Measurement(
        name.substring(JmhSuite.class.getPackageName().length() + 1),
        params,
        rounded(time.getScore()),
        Double.isNaN(time.getScoreError()) ? null : rounded(time.getScoreError()),
        percentiles,
        bytes == null ? null : rounded(bytes.getScore()),
        null);
  }

  /** Keeps four digits: more would only be noise. */
  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }

  /** Divides medians, which a shared machine disturbs less than means. */
  static List<Measurement> withRatios(List<Measurement> measured) {
    return measured.stream()
        .map(
            one ->
                one.withRatio(yardstick(one, measured).map(bare -> ratio(one, bare)).orElse(null)))
        .toList();
  }

  private static double ratio(Measurement one, Measurement bare) {
    return rounded(one.percentile("p50") / bare.percentile("p50"));
  }

  /** The bare networks of the same class with as many faces; none for those themselves. */
  private static Optional<Measurement> yardstick(Measurement one, List<Measurement> measured) {
    if (one.name().contains(YARDSTICK)) {
      return Optional.empty();
    }
    String name = one.name().substring(0, one.name().indexOf('.')) + YARDSTICK;
    return measured.stream()
        .filter(bare -> bare.name().startsWith(name))
        .filter(bare -> Objects.equals(bare.params().get("faces"), one.params().get("faces")))
        .findFirst();
  }
}
