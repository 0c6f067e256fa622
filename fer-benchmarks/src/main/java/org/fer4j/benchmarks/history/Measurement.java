package org.fer4j.benchmarks.history;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one benchmark.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param name the class and its method
 * @param params what the benchmark was run with
 * @param score mean time in microseconds
 * @param error half of the 99.9 % confidence interval of the score; null if there were too few
 *     iterations to tell
 * @param percentiles of the times in microseconds, by {@link #PERCENTILES}
 * @param bytesPerOp allocated on Java's heap for each call; null if not measured
 * @param ratio the median beside that of the bare networks, which were measured at another time, so
 *     that it trembles more than {@link FrameCost}; null for those themselves
 */
public record Measurement(
    String name,
    Map<String, String> params,
    double score,
    @Nullable Double error,
    Map<String, Double> percentiles,
    @Nullable Double bytesPerOp,
    @Nullable Double ratio) {

  /** The keys of the percentiles. */
  public static final Map<String, Double> PERCENTILES =
      Map.of("p50", 50.0, "p99", 99.0, "p99.9", 99.9);

  /** Copies the maps. */
  public Measurement {
    params = Map.copyOf(params);
    percentiles = Map.copyOf(percentiles);
  }

  /** Returns the same with another ratio. */
  public Measurement withRatio(@Nullable Double other) {
    return new Measurement(name, params, score, error, percentiles, bytesPerOp, other);
  }

  /** Returns a percentile, for example "p99". */
  public double percentile(String percentile) {
    Double value = percentiles.get(percentile);
    if (value == null) {
      throw new IllegalArgumentException(
          "expected one of %s of %s, found %s".formatted(percentiles.keySet(), name, percentile));
    }
    return value;
  }

  /** Returns the name with its parameters, for example "FrameBenchmark.process faces=1". */
  public String label() {
    return params.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(param -> " " + param.getKey() + "=" + param.getValue())
        .collect(Collectors.joining("", name, ""));
  }
}
