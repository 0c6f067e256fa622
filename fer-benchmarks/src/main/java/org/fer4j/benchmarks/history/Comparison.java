package org.fer4j.benchmarks.history;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A frame now beside one that was kept: worse if it takes a tenth longer beside its networks, with
 * one face or with eight. Times are not compared, since machines differ and are shared.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param before what was kept
 * @param now what is measured now
 */
public record Comparison(HistoryEntry before, FrameCost now) {

  private static final double TOLERANCE = 1.10;

  /** Tells whether a frame got worse. */
  public boolean isWorse() {
    return isWorse(before.frame().faces1(), now.faces1())
        || isWorse(before.frame().faces8(), now.faces8());
  }

  private static boolean isWorse(FrameCost.Share before, FrameCost.Share now) {
    return now.ratio() > before.ratio() * TOLERANCE;
  }

  /** Returns one sentence that tells both ratios and what is to be thought of them. */
  public String sentence() {
    String ratios =
        Stream.of(
                ratios("one face", before.frame().faces1(), now.faces1()),
                ratios("eight faces", before.frame().faces8(), now.faces8()))
            .collect(Collectors.joining("; "));
    return "%s: %s (kept on %s at commit %s, on %s)."
        .formatted(
            isWorse()
                ? "A frame got worse by more than 10 %"
                : "No frame got worse by more than 10 %",
            ratios,
            before.date(),
            before.commit().hash(),
            before.machine().cpu());
  }

  private static String ratios(String faces, FrameCost.Share before, FrameCost.Share now) {
    return String.format(
        Locale.ROOT,
        "with %s it takes %.3f times as long as its networks, where it was %.3f times%s",
        faces,
        now.ratio(),
        before.ratio(),
        isWorse(before, now) ? ", too much" : "");
  }
}
