package org.fer4j.examples.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.fer4j.FerException;
import org.fer4j.training.EpochResult;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How loss and accuracy went over the epochs of a training run, as a picture.
 *
 * <p>Safe for use by many threads.
 */
public final class LearningCurves {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;
  private static final int RIGHT_AXIS = 1;

  private LearningCurves() {}

  /**
   * Writes a PNG.
   *
   * @throws FerException if it can't be written
   */
  public static void draw(List<EpochResult> epochs, Path file) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("epoch")
            .yAxisTitle("cross entropy in nats")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    chart.getStyler().setYAxisGroupPosition(RIGHT_AXIS, Styler.YAxisPosition.Right);
    chart.getStyler().setYAxisDecimalPattern("0.00");
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.setYAxisGroupTitle(RIGHT_AXIS, "validation accuracy in %");
    add(chart, epochs, "loss in training", EpochResult::trainingLoss, 0, new Color(0x9a9a9a));
    add(chart, epochs, "loss on validation", EpochResult::validationLoss, 0, new Color(0xd1495b));
    add(
        chart,
        epochs,
        "accuracy on validation",
        epoch -> 100 * epoch.validationAccuracy(),
        RIGHT_AXIS,
        new Color(0x00798c));
    try {
      BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    } catch (IOException e) {
      throw new FerException("%s can't be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void add(
      XYChart chart,
      List<EpochResult> epochs,
      String name,
      ToDoubleFunction<EpochResult> value,
      int axis,
      Color color) {
    double[] x = epochs.stream().mapToDouble(EpochResult::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(value).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setYAxisGroup(axis);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(color);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(2));
  }
}
