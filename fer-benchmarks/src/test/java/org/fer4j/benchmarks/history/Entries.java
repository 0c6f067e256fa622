package org.fer4j.benchmarks.history;

import java.util.List;
import java.util.Map;
import org.fer4j.benchmarks.history.FrameCost.Share;

/** Made-up entries for tests. */
public final class Entries {

  private static final Map<String, Double> PERCENTILES =
      Map.of("p50", 5000.0, "p99", 6100.0, "p99.9", 9000.0);

  private Entries() {}

  /** Returns an entry with one benchmark and its yardstick. */
  public static HistoryEntry entry(
      String time, String commit, String cpu, double ratio1, double ratio8) {
    return new HistoryEntry(
        "1.2.3",
        new Commit(commit, false),
        time,
        new Machine(cpu, 2, "Linux 6.1 amd64", "17 (Some)"),
        cost(ratio1, ratio8),
        new Latency(30, 1500, 3, 4321.0, 8765.4, 12345.6),
        List.of(
            new Measurement(
                "FrameBenchmark.process",
                Map.of("faces", "1", "size", "1920x1080"),
                5010,
                12.5,
                PERCENTILES,
                3200.0,
                1.5),
            new Measurement(
                "FrameBenchmark.bareNetworks",
                Map.of("faces", "1", "size", "640x480"),
                3000,
                null,
                PERCENTILES,
                null,
                null)));
  }

  static FrameCost cost(double ratio1, double ratio8) {
    return new FrameCost(
        new Share(3000 * ratio1, 3000, ratio1), new Share(9000 * ratio8, 9000, ratio8), 3210, 2);
  }
}
