package org.fer4j.benchmarks.history;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.fer4j.FerException;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How much longer than their networks frames took, entry by entry, as a picture. Times are not
 * shown, since machines differ and are shared.
 *
 * <p>Safe for use by many threads.
 */
public final class HistoryChart {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 540;
  private static final int MOST_LABELS = 30;

  /** What a frame may take beside its networks. */
  private static final double GOAL = 1.1;

  private HistoryChart() {}

  /**
   * Writes a PNG.
   *
   * @param entries at least one, the oldest first
   * @throws IllegalArgumentException if there is none
   * @throws FerException if the picture can't be written
   */
  public static void draw(List<HistoryEntry> entries, Path file) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("expected at least one entry to draw, found none");
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("A frame of 640 x 480 on one thread, beside the bare runs of its networks")
            .yAxisTitle("times as long")
            .build();
    style(chart.getStyler());
    List<String> labels = entries.stream().map(HistoryChart::label).toList();
    add(chart, "one face", 0x00798c, labels, ratios(entries, FrameCost::faces1));
    add(chart, "eight faces", 0xd1495b, labels, ratios(entries, FrameCost::faces8));
    add(chart, "goal", 0x9a9a9a, labels, Collections.nCopies(entries.size(), GOAL));
    try {
      BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    } catch (IOException e) {
      throw new FerException("'%s' can't be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static List<Double> ratios(
      List<HistoryEntry> entries, Function<FrameCost, FrameCost.Share> faces) {
    return entries.stream().map(entry -> faces.apply(entry.frame()).ratio()).toList();
  }

  private static void add(
      CategoryChart chart, String name, int rgb, List<String> labels, List<Double> ratios) {
    CategorySeries series = chart.addSeries(name, labels, ratios);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(new Color(rgb));
    series.setLineColor(new Color(rgb));
    series.setLineStyle(new BasicStroke(2));
  }

  private static void style(CategoryStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
    styler.setOverlapped(true);
    styler.setYAxisMin(0.9);
    styler.setYAxisDecimalPattern("0.00");
    styler.setXAxisLabelRotation(45);
    styler.setXAxisMaxLabelCount(MOST_LABELS);
  }

  /** A plus stands for files that differ from the commit. */
  private static String label(HistoryEntry entry) {
    return entry.date() + " " + entry.commit().hash() + (entry.commit().dirty() ? "+" : "");
  }
}
