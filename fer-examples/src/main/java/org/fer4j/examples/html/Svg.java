package org.fer4j.examples.html;

import java.util.List;
import java.util.Locale;

/**
 * The elements that plots are made of, in pixels from the upper left corner. Colours are those of
 * {@link HtmlPage}: series s0 to s4 and classes.
 *
 * <p>Confined to one thread.
 */
final class Svg {

  /** How many colours of series there are. */
  static final int COLORS = 5;

  private static final double LETTER_WIDTH = 6.6;
  private static final double LEGEND_BOX = 10;
  private static final double LEGEND_GAP = 18;

  private final StringBuilder elements = new StringBuilder();

  private Svg add(String format, Object... values) {
    elements.append(String.format(Locale.ROOT, format, values)).append('\n');
    return this;
  }

  /** Begins a picture; the title is for those who can't see it. */
  Svg(double width, double height, String title) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$.0f %2$.0f\" width=\"%1$.0f\" height=\"%2$.0f\" role=\"img\" aria-label=\"%3$s\">",
        width, height, HtmlPage.escape(title));
  }

  /** Writes text whose anchor is start, middle or end. */
  Svg text(double x, double y, String anchor, String text) {
    return add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        x, y, anchor, HtmlPage.escape(text));
  }

  /** Writes the name of an axis in its middle. */
  Svg axisName(double x, double y, double degrees, String text) {
    return add(
        "<text class=\"muted\" text-anchor=\"middle\" transform=\"translate(%.1f %.1f) rotate(%.0f)\">%s</text>",
        x, y, degrees, HtmlPage.escape(text));
  }

  Svg rule(String style, double x1, double y1, double x2, double y2) {
    return add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        style, x1, y1, x2, y2);
  }

  /** Fills a rectangle with the colour of a series. */
  Svg bar(double x, double y, double width, double height, int series, String tooltip) {
    return add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"var(--s%d)\"><title>%s</title></rect>",
        x, y, width, height, series % COLORS, HtmlPage.escape(tooltip));
  }

  /** Draws a line through points, an x and a y each. */
  Svg line(List<double[]> points, int series) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(String.format(Locale.ROOT, "%.1f,%.1f ", point[0], point[1]));
    }
    return add(
        "<polyline class=\"line\" stroke=\"var(--s%d)\" points=\"%s\"/>",
        series % COLORS, path.toString().strip());
  }

  /** Draws the mark of a series around a point: another shape for each, to be told in print. */
  Svg mark(double x, double y, int series, String tooltip) {
    int corners = series % COLORS + 2;
    String title = "<title>%s</title>".formatted(HtmlPage.escape(tooltip));
    if (corners == 2) {
      return add(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"var(--s%d)\">%s</circle>",
          x, y, series % COLORS, title);
    }
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners - Math.PI / 2;
      points.append(
          String.format(
              Locale.ROOT, "%.1f,%.1f ", x + 5 * Math.cos(angle), y + 5 * Math.sin(angle)));
    }
    return add(
        "<polygon points=\"%s\" fill=\"var(--s%d)\">%s</polygon>",
        points.toString().strip(), series % COLORS, title);
  }

  /** Names series in a row, each behind its mark or box. */
  Svg legend(double x, double y, List<String> names, int firstSeries, boolean marks) {
    double at = x;
    for (int i = 0; i < names.size(); i++) {
      int series = firstSeries + i;
      if (marks) {
        mark(at + LEGEND_BOX / 2, y - LEGEND_BOX / 2 + 1, series, names.get(i));
      } else {
        bar(at, y - LEGEND_BOX + 1, LEGEND_BOX, LEGEND_BOX, series, names.get(i));
      }
      text(at + LEGEND_BOX + 5, y, "start", names.get(i));
      at += LEGEND_BOX + 5 + LETTER_WIDTH * names.get(i).length() + LEGEND_GAP;
    }
    return this;
  }

  /** Returns the element. */
  String toSvg() {
    return elements + "</svg>";
  }
}
