package org.fer4j.examples.output;

import java.util.Locale;
import org.fer4j.Emotion;
import org.fer4j.examples.drawing.EmotionColors;
import org.fer4j.training.quality.ClassBalance;

/** Bars that show how often each expression occurs, as SVG. */
final class BalanceChart {

  private static final int WIDTH = 640;
  private static final int ROW = 22;
  private static final int BAR = 16;
  private static final int NAMES = 90;
  private static final int FIGURES = 120;

  private BalanceChart() {}

  static String toSvg(ClassBalance balance) {
    int most = Emotion.all().stream().mapToInt(balance::count).max().orElse(0);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg width=\"%d\" height=\"%d\" role=\"img\">%n"
            .formatted(WIDTH, ROW * Emotion.all().size()));
    int top = 0;
    for (Emotion emotion : Emotion.all()) {
      svg.append(bar(emotion, balance, top, most));
      top += ROW;
    }
    return svg.append("</svg>").toString();
  }

  private static String bar(Emotion emotion, ClassBalance balance, int top, int most) {
    int count = balance.count(emotion);
    double length = (double) (WIDTH - NAMES - FIGURES) * count / Math.max(1, most);
    return String.format(
        Locale.ROOT,
        """
        <text x="0" y="%2$d">%1$s</text>
        <rect x="%3$d" y="%4$d" width="%5$.1f" height="%6$d" fill="#%7$06x"/>
        <text x="%8$.1f" y="%2$d">%9$,d (%10$.1f %%)</text>
        """,
        emotion.label(),
        top + BAR - 3,
        NAMES,
        top,
        length,
        BAR,
        EmotionColors.of(emotion).getRGB() & 0xffffff,
        NAMES + length + 6,
        count,
        100.0 * count / Math.max(1, balance.images()));
  }
}
