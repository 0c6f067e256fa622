package org.fer4j.benchmarks.history;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was measured in one run.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param version of the library
 * @param commit of its sources
 * @param time in ISO 8601 and UTC
 * @param machine that measured
 * @param frame the frame beside its networks, measured in turns; what entries are compared by
 * @param live how late results of a camera's frames were
 * @param benchmarks each stage and the whole frame, by JMH
 */
public record HistoryEntry(
    String version,
    Commit commit,
    String time,
    Machine machine,
    FrameCost frame,
    Latency live,
    List<Measurement> benchmarks) {

  /** Copies the list. */
  public HistoryEntry {
    benchmarks = List.copyOf(benchmarks);
  }

  /** Returns the day, for example "2026-11-24". */
  public String date() {
    return time.substring(0, "yyyy-mm-dd".length());
  }

  /** Finds a benchmark by its name and parameters. */
  public Optional<Measurement> find(String name, Map<String, String> params) {
    return benchmarks.stream()
        .filter(measured -> measured.name().equals(name) && measured.params().equals(params))
        .findFirst();
  }
}
