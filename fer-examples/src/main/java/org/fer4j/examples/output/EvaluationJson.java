package org.fer4j.examples.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.fer4j.Emotion;
import org.fer4j.model.ModelManifest;
import org.fer4j.training.evaluation.Calibration;
import org.fer4j.training.evaluation.ConfusionMatrix;
import org.fer4j.training.evaluation.Corruption;
import org.fer4j.training.evaluation.Evaluation;
import org.fer4j.training.evaluation.Robustness;

/** The figures of a measurement as one JSON object; shares have six decimals. */
final class EvaluationJson {

  private static final double MICRO = 1e6;
  private static final double MILLI = 1e3;

  /** The risk-coverage curve is told in steps of 5 %. */
  private static final int COVERAGE_STEPS = 20;

  private final EvaluationReport report;
  private final Evaluation evaluation;

  EvaluationJson(EvaluationReport report) {
    this.report = report;
    this.evaluation = report.evaluation();
  }

  void print(PrintWriter out) {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      writeSetup(json);
      json.writeNumberField("images", report.images());
      json.writeNumberField("faces_found", evaluation.images());
      json.writeNumberField("without_label", report.withoutLabel());
      json.writeNumberField("left_out", report.leftOut());
      json.writeNumberField("unreadable", report.unreadable());
      writeFigures(json);
      writeClasses(json);
      writeConfusion(json);
      writeReliability(json);
      writeRiskCoverage(json);
      if (report.robustness().isPresent()) {
        writeRobustness(json, report.robustness().get());
      }
      json.writeNumberField("seconds", Math.round(report.seconds() * MILLI) / MILLI);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
    out.flush();
  }

  private void writeSetup(JsonGenerator json) throws IOException {
    EvaluationSetup setup = report.setup();
    json.writeStringField("data", setup.data());
    json.writeStringField("split", setup.split());
    json.writeStringField("backend", setup.backend());
    json.writeStringField("detector", setup.detector());
    json.writeStringField("model", setup.model());
    if (setup.manifest().isPresent()) {
      ModelManifest manifest = setup.manifest().get();
      json.writeStringField("model_version", manifest.version());
      json.writeStringField("model_sha256", manifest.sha256());
    }
    json.writeStringField("prior", setup.prior());
  }

  private void writeFigures(JsonGenerator json) throws IOException {
    ConfusionMatrix matrix = evaluation.confusion();
    writeShare(json, "accuracy", evaluation.accuracy());
    json.writeArrayFieldStart("accuracy_ci95");
    json.writeNumber(rounded(evaluation.accuracyInterval().low()));
    json.writeNumber(rounded(evaluation.accuracyInterval().high()));
    json.writeEndArray();
    writeShare(json, "accuracy_of_all", report.accuracyOfAll());
    writeShare(json, "macro_f1", matrix.macroF1());
    writeShare(json, "macro_recall", matrix.macroRecall());
    writeShare(json, "macro_precision", matrix.macroPrecision());
    writeShare(json, "ece", evaluation.calibration().expectedError());
    writeShare(json, "ece_cross_fitted", evaluation.crossFittedCalibrationError());
    writeShare(json, "aurc", evaluation.riskCoverage().area());
    writeShare(json, "log_loss", evaluation.logLoss());
    writeShare(json, "brier", evaluation.brierScore());
  }

  private void writeClasses(JsonGenerator json) throws IOException {
    ConfusionMatrix matrix = evaluation.confusion();
    json.writeObjectFieldStart("per_label");
    for (Emotion emotion : Emotion.all()) {
      json.writeObjectFieldStart(emotion.label());
      json.writeNumberField("support", matrix.support(emotion));
      writeShare(json, "precision", matrix.precision(emotion));
      writeShare(json, "recall", matrix.recall(emotion));
      writeShare(json, "f1", matrix.f1(emotion));
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void writeConfusion(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("labels");
    for (Emotion emotion : Emotion.all()) {
      json.writeString(emotion.label());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("confusion");
    for (long[] row : evaluation.confusion().toArray()) {
      json.writeArray(row, 0, row.length);
    }
    json.writeEndArray();
  }

  private void writeReliability(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("reliability");
    for (Calibration.Bin bin : evaluation.calibration().bins()) {
      json.writeStartObject();
      writeShare(json, "low", bin.low());
      writeShare(json, "high", bin.high());
      json.writeNumberField("images", bin.images());
      writeShare(json, "confidence", bin.confidence());
      writeShare(json, "accuracy", bin.accuracy());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeRiskCoverage(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("risk_coverage");
    for (int i = 1; i <= COVERAGE_STEPS; i++) {
      double coverage = (double) i / COVERAGE_STEPS;
      json.writeStartObject();
      writeShare(json, "coverage", coverage);
      writeShare(json, "risk", evaluation.riskCoverage().risk(coverage));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeRobustness(JsonGenerator json, Robustness found) throws IOException {
    json.writeObjectFieldStart("robustness");
    writeShare(json, "mean_accuracy", found.meanAccuracy());
    for (Corruption corruption : Corruption.all()) {
      json.writeObjectFieldStart(corruption.label());
      json.writeStringField("unit", corruption.unit());
      json.writeArrayFieldStart("strengths");
      for (double amount : corruption.amounts()) {
        json.writeNumber(amount);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("accuracy");
      for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
        json.writeNumber(rounded(found.accuracy(corruption, strength)));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeShare(JsonGenerator json, String name, double value) throws IOException {
    json.writeNumberField(name, rounded(value));
  }

  private static double rounded(double value) {
    return Math.round(value * MICRO) / MICRO;
  }
}
