package org.fer4j.examples.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.fer4j.Emotion;
import org.fer4j.training.evaluation.ConfidenceInterval;
import org.fer4j.training.evaluation.ConfusionMatrix;
import org.fer4j.training.evaluation.Corruption;
import org.fer4j.training.evaluation.Evaluation;
import org.fer4j.training.evaluation.Robustness;

/** The figures of a measurement in rows of text; the first row of all but one is a header. */
final class EvaluationTables {

  private final EvaluationReport report;
  private final Evaluation evaluation;
  private final ConfusionMatrix matrix;

  EvaluationTables(EvaluationReport report) {
    this.report = report;
    this.evaluation = report.evaluation();
    this.matrix = evaluation.confusion();
  }

  void print(PrintWriter out) {
    EvaluationSetup setup = report.setup();
    out.printf(
        "model %s on %s, detector %s, prior %s%n",
        setup.model(), setup.backend(), setup.detector(), setup.prior());
    out.printf(
        Locale.ROOT,
        "%s, %s: %s; %.1f s%n%n",
        setup.data(),
        setup.split(),
        images(),
        report.seconds());
    TextTable.print(figures(), out);
    out.println();
    TextTable.print(classes(), out);
    out.println();
    out.println("rows: true, columns: predicted");
    TextTable.print(confusion(), out);
    if (report.robustness().isPresent()) {
      out.println();
      out.println("accuracy of corrupted images, by strength");
      TextTable.print(robustness(report.robustness().get()), out);
    }
    out.flush();
  }

  /** Returns how many images were looked at, and how many were not. */
  String images() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%,d images", report.images()));
    if (report.withoutLabel() > 0) {
      text.append(
          String.format(Locale.ROOT, "; %,d more have no certain label", report.withoutLabel()));
    }
    if (report.leftOut() > 0) {
      text.append(String.format(Locale.ROOT, "; %,d more are left out", report.leftOut()));
    }
    if (report.unreadable() > 0) {
      text.append(String.format(Locale.ROOT, "; %,d more can't be read", report.unreadable()));
    }
    return text.toString();
  }

  /** Returns names and values; there is no header. */
  List<List<String>> figures() {
    ConfidenceInterval interval = evaluation.accuracyInterval();
    boolean allFound = report.withoutFace() == 0;
    List<List<String>> rows = new ArrayList<>();
    if (!allFound) {
      rows.add(List.of("faces found", percent((double) evaluation.images() / report.images())));
      rows.add(
          List.of("accuracy, faces not found counted as wrong", percent(report.accuracyOfAll())));
    }
    rows.add(
        List.of(
            allFound ? "accuracy" : "accuracy of the faces found",
            "%s (95 %% interval %s to %s)"
                .formatted(
                    percent(evaluation.accuracy()),
                    percent(interval.low()),
                    percent(interval.high()))));
    rows.add(List.of("macro F1", percent(matrix.macroF1())));
    rows.add(List.of("macro recall", percent(matrix.macroRecall())));
    rows.add(List.of("calibration error (ECE)", decimal(evaluation.calibration().expectedError())));
    rows.add(
        List.of(
            "ECE, cross-fitted temperature", decimal(evaluation.crossFittedCalibrationError())));
    rows.add(List.of("risk-coverage area (AURC)", decimal(evaluation.riskCoverage().area())));
    rows.add(List.of("log loss", decimal(evaluation.logLoss())));
    rows.add(List.of("Brier score", decimal(evaluation.brierScore())));
    report
        .robustness()
        .ifPresent(found -> rows.add(List.of("robust accuracy", percent(found.meanAccuracy()))));
    return rows;
  }

  List<List<String>> classes() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("EXPRESSION", "IMAGES", "PRECISION", "RECALL", "F1"));
    for (Emotion emotion : Emotion.all()) {
      rows.add(
          List.of(
              emotion.label(),
              Long.toString(matrix.support(emotion)),
              percent(matrix.precision(emotion)),
              percent(matrix.recall(emotion)),
              percent(matrix.f1(emotion))));
    }
    return rows;
  }

  private List<List<String>> confusion() {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of(""));
    Emotion.all().forEach(emotion -> header.add(emotion.label()));
    rows.add(header);
    for (Emotion truth : Emotion.all()) {
      List<String> row = new ArrayList<>(List.of(truth.label()));
      for (Emotion predicted : Emotion.all()) {
        row.add(Long.toString(matrix.count(truth, predicted)));
      }
      rows.add(row);
    }
    return rows;
  }

  static List<List<String>> robustness(Robustness found) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("CORRUPTION"));
    IntStream.rangeClosed(1, Corruption.STRENGTHS).mapToObj(Integer::toString).forEach(header::add);
    header.add("MEAN");
    rows.add(header);
    for (Corruption corruption : Corruption.all()) {
      List<String> row = new ArrayList<>(List.of(nameOf(corruption)));
      for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
        row.add(percent(found.accuracy(corruption, strength)));
      }
      row.add(percent(found.meanAccuracy(corruption)));
      rows.add(row);
    }
    return rows;
  }

  static String nameOf(Corruption corruption) {
    return corruption.label().replace('_', ' ');
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
