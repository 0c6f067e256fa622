package org.fer4j.benchmarks.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An entry as rows of the README's table "Measured".
 *
 * <p>Safe for use by many threads.
 */
public final class ReadmeTable {

  private static final double MICROS_PER_MILLI = 1000;

  private ReadmeTable() {}

  /** Returns rows in Markdown: what, figure, command. */
  public static List<String> rows(HistoryEntry entry) {
    FrameCost frame = entry.frame();
    List<String> rows = new ArrayList<>();
    rows.add(
        row(
            "a frame of 640 x 480 with one face, live detector, one thread, against the bare runs of its networks",
            share(frame.faces1(), entry.machine()),
            "./bench ratio"));
    rows.add(
        row("the same with eight faces", share(frame.faces8(), entry.machine()), "./bench ratio"));
    rows.add(
        row(
            "memory that such a frame with one face allocates; runs of networks",
            text("%,d bytes; %s", frame.bytesPerFrame(), runs(frame.modelRunsPerFrame())),
            "./bench ratio"));
    entry
        .find("FrameBenchmark.process", Map.of("faces", "1", "size", "1920x1080"))
        .ifPresent(
            hd ->
                rows.add(
                    row(
                        "a frame of 1920 x 1080 with one face: median; 99 % are faster than",
                        text("%s; %s", millis(hd.percentile("p50")), millis(hd.percentile("p99"))),
                        "./bench")));
    Latency live = entry.live();
    rows.add(
        row(
            text(
                "from frame to result, a camera of %d frames a second beside a busy thread: median; 99 %%; 99.9 %% are faster than",
                live.framesPerSecond()),
            text(
                "%s; %s; %s; %d of %d frames dropped",
                millis(live.p50Us()),
                millis(live.p99Us()),
                millis(live.p999Us()),
                live.dropped(),
                live.frames()),
            "./bench"));
    return rows;
  }

  private static String share(FrameCost.Share share, Machine machine) {
    return text(
        "**%.2f** times as long (%.2f against %.2f ms; %s, %d cores)",
        share.ratio(),
        share.frameUs() / MICROS_PER_MILLI,
        share.modelsUs() / MICROS_PER_MILLI,
        machine.cpu(),
        machine.cores());
  }

  private static String runs(double runs) {
    return runs == Math.rint(runs) ? text("%.0f", runs) : text("%.2f", runs);
  }

  private static String millis(double micros) {
    return text("%.1f ms", micros / MICROS_PER_MILLI);
  }

  private static String row(String what, String figure, String command) {
    return "| %s | %s | `%s` |".formatted(what, figure, command);
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
