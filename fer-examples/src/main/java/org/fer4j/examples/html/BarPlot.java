package org.fer4j.examples.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shares of several categories as groups of upright bars, one in each group for each series.
 *
 * <p>Confined to one thread.
 */
public final class BarPlot {

  private static final double WIDTH = 760;
  private static final double HEIGHT = 280;
  private static final double LEFT = 46;
  private static final double TOP = 30;
  private static final double BOTTOM = 24;
  private static final double BARS_OF_GROUP = 0.78;
  private static final int TICKS = 5;

  private final String title;
  private final List<String> categories;
  private final List<String> names = new ArrayList<>();
  private final List<List<Double>> values = new ArrayList<>();

  /** Begins a plot; the title is for those who can't see it. */
  public BarPlot(String title, List<String> categories) {
    this.title = title;
    this.categories = List.copyOf(categories);
  }

  /**
   * Adds a series.
   *
   * @param shares one for each category, from 0 to 1
   */
  public BarPlot series(String name, List<Double> shares) {
    names.add(name);
    values.add(List.copyOf(shares));
    return this;
  }

  /** Draws the plot. */
  public String toSvg() {
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    double bottom = HEIGHT - BOTTOM;
    double height = bottom - TOP;
    for (int i = 0; i <= TICKS; i++) {
      double y = bottom - height * i / TICKS;
      svg.rule("rule", LEFT, y, WIDTH, y);
      svg.text(LEFT - 6, y + 4, "end", 100 * i / TICKS + " %");
    }
    double group = (WIDTH - LEFT) / categories.size();
    double bar = group * BARS_OF_GROUP / values.size();
    for (int c = 0; c < categories.size(); c++) {
      double left = LEFT + group * (c + (1 - BARS_OF_GROUP) / 2);
      for (int s = 0; s < values.size(); s++) {
        double share = values.get(s).get(c);
        String tooltip =
            String.format(
                Locale.ROOT, "%s, %s: %.1f %%", categories.get(c), names.get(s), 100 * share);
        svg.bar(left + s * bar, bottom - height * share, bar - 1, height * share, s, tooltip);
      }
      svg.text(LEFT + group * (c + 0.5), HEIGHT - 6, "middle", categories.get(c));
    }
    return svg.legend(LEFT, 14, names, 0, false).toSvg();
  }
}
