package org.fer4j.examples.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines, and bars behind them, over two axes that begin at 0.
 *
 * <p>Confined to one thread.
 */
public final class LinePlot {

  private static final double WIDTH = 560;
  private static final double HEIGHT = 380;
  private static final double LEFT = 64;
  private static final double RIGHT = 20;
  private static final double TOP = 30;
  private static final double BOTTOM = 48;

  private final String title;
  private final Axis x;
  private Axis y = Axis.percent("", 1, 0.2);
  private boolean hasDiagonal;
  private final List<Line> lines = new ArrayList<>();
  private final List<Bar> bars = new ArrayList<>();

  /**
   * A point of a line, in the units of the axes.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param x from 0 on
   * @param y from 0 on
   */
  public record Point(double x, double y) {}

  private record Line(String name, List<Point> points, boolean marked) {}

  private record Bar(double low, double high, double value, String tooltip) {}

  /**
   * One direction.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param name written beside it
   * @param end its largest value; the smallest is 0
   * @param step from one number on it to the next
   * @param isPercent whether its values are shares
   */
  public record Axis(String name, double end, double step, boolean isPercent) {

    /** Returns an axis of shares, from 0 to an end of at most 1. */
    public static Axis percent(String name, double end, double step) {
      return new Axis(name, end, step, true);
    }

    /** Returns an axis of whole numbers from 0 to the last. */
    public static Axis steps(String name, int last) {
      return new Axis(name, last, 1, false);
    }

    private int ticks() {
      return (int) Math.floor(end / step + 1e-9);
    }

    private String label(double value) {
      return isPercent
          ? String.format(Locale.ROOT, "%.0f %%", 100 * value)
          : String.format(Locale.ROOT, "%.0f", value);
    }
  }

  /** Begins a plot; the title is for those who can't see it. */
  public LinePlot(String title, Axis x) {
    this.title = title;
    this.x = x;
  }

  /** Sets the vertical axis; shares from 0 to 1 unless set. */
  public LinePlot vertical(Axis axis) {
    y = axis;
    return this;
  }

  /** Draws the diagonal as well. */
  public LinePlot diagonal() {
    hasDiagonal = true;
    return this;
  }

  /**
   * Adds a bar.
   *
   * @param low where it begins on the horizontal axis
   * @param high where it ends
   * @param value its height on the vertical axis
   * @param tooltip what is told where a mouse points at it
   */
  public LinePlot bar(double low, double high, double value, String tooltip) {
    bars.add(new Bar(low, high, value, tooltip));
    return this;
  }

  /**
   * Adds a line.
   *
   * @param name for the legend; empty if it needs none
   * @param marked whether each point has a mark
   */
  public LinePlot line(String name, List<Point> points, boolean marked) {
    lines.add(new Line(name, List.copyOf(points), marked));
    return this;
  }

  /** Draws the plot. */
  public String toSvg() {
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    drawAxes(svg);
    for (Bar bar : bars) {
      double left = across(bar.low()) + 1;
      double top = up(bar.value());
      svg.bar(left, top, across(bar.high()) - 1 - left, up(0) - top, 0, bar.tooltip());
    }
    if (hasDiagonal) {
      svg.rule("diagonal", across(0), up(0), across(x.end()), up(y.end()));
    }
    // The bars have the first colour.
    int first = bars.isEmpty() ? 0 : 1;
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, lines.get(i), first + i);
    }
    List<String> names = lines.stream().map(Line::name).filter(name -> !name.isEmpty()).toList();
    boolean marked = lines.stream().anyMatch(Line::marked);
    return svg.legend(LEFT, 14, names, first, marked).toSvg();
  }

  private void drawAxes(Svg svg) {
    for (int i = 0; i <= y.ticks(); i++) {
      double value = i * y.step();
      svg.rule("rule", across(0), up(value), across(x.end()), up(value));
      svg.text(LEFT - 6, up(value) + 4, "end", y.label(value));
    }
    for (int i = 0; i <= x.ticks(); i++) {
      double value = i * x.step();
      svg.rule("rule", across(value), up(0), across(value), up(0) + 4);
      svg.text(across(value), up(0) + 18, "middle", x.label(value));
    }
    svg.axisName(across(x.end() / 2), HEIGHT - 8, 0, x.name());
    svg.axisName(14, up(y.end() / 2), -90, y.name());
  }

  private void draw(Svg svg, Line line, int series) {
    svg.line(
        line.points().stream().map(p -> new double[] {across(p.x()), up(p.y())}).toList(), series);
    if (line.marked()) {
      for (Point point : line.points()) {
        String value = "%s, %s: %s".formatted(line.name(), x.label(point.x()), y.label(point.y()));
        svg.mark(across(point.x()), up(point.y()), series, value);
      }
    }
  }

  private double across(double value) {
    return LEFT + (WIDTH - LEFT - RIGHT) * value / x.end();
  }

  private double up(double value) {
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / y.end();
  }
}
