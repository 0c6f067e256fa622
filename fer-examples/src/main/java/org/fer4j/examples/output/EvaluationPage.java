package org.fer4j.examples.output;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fer4j.Emotion;
import org.fer4j.examples.html.BarPlot;
import org.fer4j.examples.html.HeatMap;
import org.fer4j.examples.html.HtmlPage;
import org.fer4j.examples.html.LinePlot;
import org.fer4j.training.evaluation.Calibration;
import org.fer4j.training.evaluation.ConfusionMatrix;
import org.fer4j.training.evaluation.Corruption;
import org.fer4j.training.evaluation.Evaluation;
import org.fer4j.training.evaluation.RiskCoverage;
import org.fer4j.training.evaluation.Robustness;

/** The figures of a measurement as an HTML page with plots. */
final class EvaluationPage {

  private static final int COVERAGE_STEPS = 200;
  private static final double RISK_STEP = 0.05;

  private final EvaluationReport report;
  private final EvaluationTables tables;
  private final Evaluation evaluation;

  EvaluationPage(EvaluationReport report) {
    this.report = report;
    this.tables = new EvaluationTables(report);
    this.evaluation = report.evaluation();
  }

  String toHtml() {
    HtmlPage page = new HtmlPage("How well " + report.setup().model() + " tells expressions");
    page.paragraph(
        "%s, %s: %s.".formatted(report.setup().data(), report.setup().split(), tables.images()));
    page.heading("Figures").properties(tables.figures());
    page.paragraph(
        "Macro figures are means over the expressions, each counting alike. ECE is the mean distance"
            + " of confidence and accuracy; cross-fitted, what is left of it after calibration on"
            + " half of the images, measured on the other half. AURC is the mean share of errors if"
            + " only the surest answers count, over all shares of answers.");
    page.heading("What was taken for what")
        .figure(
            confusion(),
            "Rows: true, columns: predicted; the stronger the colour, the larger its share of the row.");
    page.heading("Expressions").figure(classPlot(), "").table(tables.classes());
    page.heading("Confidence")
        .figure(
            reliability(),
            "Reliability: how often answers of each confidence are right. Bars on the diagonal are"
                + " perfect.")
        .figure(
            riskCoverage(),
            "Risk and coverage: the errors that are left if only sure answers count.");
    report.robustness().ifPresent(found -> robustness(page, found));
    page.heading("Measured").properties(setup());
    page.paragraph("Scores describe expressions, not feelings.");
    return page.toHtml();
  }

  private String confusion() {
    ConfusionMatrix matrix = evaluation.confusion();
    HeatMap map = new HeatMap(labels());
    for (Emotion truth : Emotion.all()) {
      List<HeatMap.Cell> cells = new ArrayList<>();
      for (Emotion predicted : Emotion.all()) {
        long count = matrix.count(truth, predicted);
        double share = (double) count / Math.max(1, matrix.support(truth));
        cells.add(new HeatMap.Cell(Long.toString(count), share));
      }
      map.row(truth.label(), cells);
    }
    return map.toHtml();
  }

  private String classPlot() {
    ConfusionMatrix matrix = evaluation.confusion();
    return new BarPlot("precision, recall and F1 of each expression", labels())
        .series("precision", Emotion.all().stream().map(matrix::precision).toList())
        .series("recall", Emotion.all().stream().map(matrix::recall).toList())
        .series("F1", Emotion.all().stream().map(matrix::f1).toList())
        .toSvg();
  }

  private static List<String> labels() {
    return Emotion.all().stream().map(Emotion::label).toList();
  }

  private String reliability() {
    LinePlot plot =
        new LinePlot("reliability", LinePlot.Axis.percent("confidence", 1, 0.2))
            .vertical(LinePlot.Axis.percent("right answers", 1, 0.2))
            .diagonal();
    List<LinePlot.Point> shares = new ArrayList<>();
    for (Calibration.Bin bin : evaluation.calibration().bins()) {
      if (bin.images() > 0) {
        plot.bar(bin.low(), bin.high(), bin.accuracy(), tooltip(bin));
      }
      double share = (double) bin.images() / evaluation.images();
      shares.add(new LinePlot.Point((bin.low() + bin.high()) / 2, share));
    }
    return plot.line("share of the images", shares, false).toSvg();
  }

  private static String tooltip(Calibration.Bin bin) {
    return String.format(
        Locale.ROOT,
        "%,d images: confidence %.1f %%, right %.1f %%",
        bin.images(),
        100 * bin.confidence(),
        100 * bin.accuracy());
  }

  private String riskCoverage() {
    RiskCoverage curve = evaluation.riskCoverage();
    List<LinePlot.Point> points = new ArrayList<>();
    double highest = 0;
    for (int i = 1; i <= COVERAGE_STEPS; i++) {
      double coverage = (double) i / COVERAGE_STEPS;
      points.add(new LinePlot.Point(coverage, curve.risk(coverage)));
      highest = Math.max(highest, curve.risk(coverage));
    }
    double top = Math.max(RISK_STEP, RISK_STEP * Math.ceil(highest / RISK_STEP));
    return new LinePlot("risk and coverage", LinePlot.Axis.percent("answers given", 1, 0.2))
        .vertical(LinePlot.Axis.percent("errors among them", top, top > 0.3 ? 0.2 : RISK_STEP))
        .line("", points, false)
        .toSvg();
  }

  private void robustness(HtmlPage page, Robustness found) {
    LinePlot plot =
        new LinePlot("robustness", LinePlot.Axis.steps("strength", Corruption.STRENGTHS))
            .vertical(LinePlot.Axis.percent("accuracy", 1, 0.2));
    for (Corruption corruption : Corruption.all()) {
      List<LinePlot.Point> points = new ArrayList<>();
      points.add(new LinePlot.Point(0, report.accuracyOfAll()));
      for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
        points.add(new LinePlot.Point(strength, found.accuracy(corruption, strength)));
      }
      plot.line(EvaluationTables.nameOf(corruption), points, true);
    }
    page.heading("Robustness")
        .paragraph(
            "Accuracy of corrupted copies of the images: %s in the mean over all kinds and strengths, %s as they are."
                .formatted(
                    EvaluationTables.percent(found.meanAccuracy()),
                    EvaluationTables.percent(report.accuracyOfAll())))
        .figure(plot.toSvg(), "Strength 0 is the image as it is.")
        .table(EvaluationTables.robustness(found))
        .paragraph("What the strengths are:")
        .table(strengths());
  }

  private static List<List<String>> strengths() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CORRUPTION", "STRENGTH IS", "1", "2", "3", "4", "5"));
    for (Corruption corruption : Corruption.all()) {
      List<String> row = new ArrayList<>();
      row.add(EvaluationTables.nameOf(corruption));
      row.add(corruption.unit());
      for (double amount : corruption.amounts()) {
        row.add(amount == Math.rint(amount) ? Long.toString((long) amount) : "" + amount);
      }
      rows.add(row);
    }
    return rows;
  }

  private List<List<String>> setup() {
    EvaluationSetup setup = report.setup();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("command", setup.command()));
    rows.add(List.of("model", setup.model()));
    setup
        .manifest()
        .ifPresent(
            manifest -> {
              rows.add(List.of("its name", manifest.name()));
              rows.add(List.of("its version", manifest.version()));
              rows.add(List.of("its SHA-256", manifest.sha256()));
            });
    rows.add(List.of("prior", setup.prior()));
    rows.add(List.of("detector", setup.detector()));
    rows.add(List.of("backend", setup.backend()));
    rows.add(List.of("application", setup.version()));
    rows.add(
        List.of(
            "date",
            DateTimeFormatter.ISO_INSTANT.format(
                setup.time().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))));
    rows.add(List.of("seconds", String.format(Locale.ROOT, "%.1f", report.seconds())));
    return rows;
  }
}
