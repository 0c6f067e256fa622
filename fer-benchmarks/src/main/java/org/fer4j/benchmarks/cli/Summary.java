package org.fer4j.benchmarks.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.fer4j.benchmarks.history.FrameCost;
import org.fer4j.benchmarks.history.HistoryEntry;
import org.fer4j.benchmarks.history.Latency;
import org.fer4j.benchmarks.history.Measurement;
import org.jspecify.annotations.Nullable;

/** An entry as a table for people. */
final class Summary {

  private static final String ROW = "%-58s %10s %10s %10s %8s %7s%n";

  private Summary() {}

  static void print(HistoryEntry entry, PrintWriter out) {
    out.printf("%s, %d cores%n", entry.machine().cpu(), entry.machine().cores());
    out.printf(ROW, "microseconds", "p50", "p99", "p99.9", "bytes", "ratio");
    FrameCost frame = entry.frame();
    printShare(
        "in turns, one face", frame.faces1(), number(0, (double) frame.bytesPerFrame()), out);
    printShare("in turns, eight faces", frame.faces8(), "", out);
    Latency live = entry.live();
    out.printf(
        ROW,
        "live, %d of %d frames dropped".formatted(live.dropped(), live.frames()),
        number(1, live.p50Us()),
        number(1, live.p99Us()),
        number(1, live.p999Us()),
        "",
        "");
    for (Measurement measured : entry.benchmarks()) {
      out.printf(
          ROW,
          measured.label(),
          number(1, measured.percentile("p50")),
          number(1, measured.percentile("p99")),
          number(1, measured.percentile("p99.9")),
          number(0, measured.bytesPerOp()),
          number(3, measured.ratio()));
    }
  }

  private static void printShare(
      String name, FrameCost.Share share, String bytes, PrintWriter out) {
    out.printf(ROW, name, number(1, share.frameUs()), "", "", bytes, number(3, share.ratio()));
  }

  private static String number(int digits, @Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
