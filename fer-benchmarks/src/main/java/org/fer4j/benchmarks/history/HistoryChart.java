package org.fer4j.benchmarks.history;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.fer4j.FerException;
import org.jspecify.annotations.Nullable;
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
 * How much longer than their networks frames and stages took, entry by entry, as a picture. Times
 * are not shown, since machines differ and are shared.
 */
public final class HistoryChart {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 540;
  private static final int MOST_LABELS = 30;

  /** What a frame may take beside its networks. */
  private static final double GOAL = 1.1;

  /**
   * What is drawn.
   *
   * @param ratio null if an entry lacks it
   */
  private record Line(String name, Color color, Function<HistoryEntry, @Nullable Double> ratio) {}

  private static final List<Line> LINES =
      List.of(
          new Line("frame with one face", new Color(0x00798c), e -> e.frame().faces1().ratio()),
          new Line("with eight faces", new Color(0xd1495b), e -> e.frame().faces8().ratio()),
          new Line(
              "detection alone",
              new Color(0x8ac6d0),
              e -> stage(e, "DetectBenchmark.detect", Map.of("size", "640x480"))),
          new Line(
              "classification of one face alone",
              new Color(0xe8b4bc),
              e -> stage(e, "ClassifyBenchmark.classify", Map.of("faces", "1"))),
          new Line("goal", new Color(0x9a9a9a), e -> GOAL));

  private HistoryChart() {}

  private static @Nullable Double stage(
      HistoryEntry entry, String name, Map<String, String> params) {
    return entry.find(name, params).map(Measurement::ratio).orElse(null);
  }

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
            .title("640 x 480 on one thread, beside the bare runs of the networks")
            .yAxisTitle("times as long")
            .build();
    style(chart.getStyler());
    List<String> labels = entries.stream().map(HistoryChart::label).toList();
    for (Line line : LINES) {
      List<@Nullable Double> ratios = new ArrayList<>();
      entries.forEach(entry -> ratios.add(line.ratio().apply(entry)));
      if (ratios.stream().anyMatch(Objects::nonNull)) {
        CategorySeries series = chart.addSeries(line.name(), labels, ratios);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(line.color());
        series.setLineColor(line.color());
        series.setLineStyle(new BasicStroke(2));
      }
    }
    try {
      BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    } catch (IOException e) {
      throw new FerException("'%s' can't be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void style(CategoryStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
    styler.setYAxisMin(1.0);
    styler.setYAxisDecimalPattern("0.00");
    styler.setXAxisLabelRotation(45);
    styler.setXAxisMaxLabelCount(MOST_LABELS);
  }

  /** A plus stands for files that differ from the commit. */
  private static String label(HistoryEntry entry) {
    return entry.date() + " " + entry.commit().hash() + (entry.commit().dirty() ? "+" : "");
  }
}
