package org.fer4j.examples.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fer4j.Emotion;
import org.fer4j.training.evaluation.ConfidenceInterval;
import org.fer4j.training.evaluation.ConfusionMatrix;
import org.fer4j.training.evaluation.Evaluation;

/**
 * What a measurement of a classifier found, ready to be printed.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param data where the images lie
 * @param split which part of them
 * @param backend that ran the networks
 * @param detector its name, or "none"
 * @param model name of the classifier
 * @param evaluation figures of the images in which a face was found
 * @param withoutFace images in which no face was found
 * @param withoutLabel images that were left out, because they have no certain label
 * @param unreadable images that could not be read
 * @param seconds from the first to the last image
 */
public record EvaluationReport(
    String data,
    String split,
    String backend,
    String detector,
    String model,
    Evaluation evaluation,
    long withoutFace,
    long withoutLabel,
    long unreadable,
    double seconds) {

  private static final double MICRO = 1e6;
  private static final double MILLI = 1e3;

  private long images() {
    return evaluation.images() + withoutFace;
  }

  /** A face that is not found counts as a wrong answer here. */
  private double accuracyOfAll() {
    return (double) evaluation.confusion().correct() / images();
  }

  /** Prints the figures for people. */
  public void printTable(PrintWriter out) {
    out.printf("model %s on %s, detector %s%n", model, backend, detector);
    out.printf(Locale.ROOT, "%s, %s: %,d images", data, split, images());
    if (withoutLabel > 0) {
      out.printf(Locale.ROOT, "; %,d more have no certain label", withoutLabel);
    }
    if (unreadable > 0) {
      out.printf(Locale.ROOT, "; %,d more can't be read", unreadable);
    }
    out.printf(Locale.ROOT, "; %.1f s%n%n", seconds);
    TextTable.print(figures(), out);
    out.println();
    TextTable.print(classes(), out);
    out.println();
    out.println("rows: true, columns: predicted");
    TextTable.print(confusion(), out);
    out.flush();
  }

  private List<List<String>> figures() {
    ConfidenceInterval interval = evaluation.accuracyInterval();
    ConfusionMatrix matrix = evaluation.confusion();
    List<List<String>> rows = new ArrayList<>();
    if (withoutFace > 0) {
      rows.add(List.of("faces found", percent((double) evaluation.images() / images())));
      rows.add(List.of("accuracy, faces not found counted as wrong", percent(accuracyOfAll())));
    }
    rows.add(
        List.of(
            withoutFace > 0 ? "accuracy of the faces found" : "accuracy",
            "%s (95 %% interval %s to %s)"
                .formatted(
                    percent(evaluation.accuracy()),
                    percent(interval.low()),
                    percent(interval.high()))));
    rows.add(List.of("macro F1", percent(matrix.macroF1())));
    rows.add(List.of("macro recall", percent(matrix.macroRecall())));
    rows.add(List.of("calibration error (ECE)", decimal(evaluation.expectedCalibrationError())));
    rows.add(List.of("log loss", decimal(evaluation.logLoss())));
    rows.add(List.of("Brier score", decimal(evaluation.brierScore())));
    return rows;
  }

  private List<List<String>> classes() {
    ConfusionMatrix matrix = evaluation.confusion();
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
        row.add(Long.toString(evaluation.confusion().count(truth, predicted)));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Prints one object; shares have six decimals. */
  public void printJson(PrintWriter out) {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("data", data);
      json.writeStringField("split", split);
      json.writeStringField("backend", backend);
      json.writeStringField("detector", detector);
      json.writeStringField("model", model);
      json.writeNumberField("images", images());
      json.writeNumberField("faces_found", evaluation.images());
      json.writeNumberField("without_label", withoutLabel);
      json.writeNumberField("unreadable", unreadable);
      writeFigures(json);
      writeClasses(json);
      writeConfusion(json);
      json.writeNumberField("seconds", Math.round(seconds * MILLI) / MILLI);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
    out.flush();
  }

  private void writeFigures(JsonGenerator json) throws IOException {
    ConfusionMatrix matrix = evaluation.confusion();
    writeShare(json, "accuracy", evaluation.accuracy());
    json.writeArrayFieldStart("accuracy_ci95");
    json.writeNumber(rounded(evaluation.accuracyInterval().low()));
    json.writeNumber(rounded(evaluation.accuracyInterval().high()));
    json.writeEndArray();
    writeShare(json, "accuracy_of_all", accuracyOfAll());
    writeShare(json, "macro_f1", matrix.macroF1());
    writeShare(json, "macro_recall", matrix.macroRecall());
    writeShare(json, "macro_precision", matrix.macroPrecision());
    writeShare(json, "ece", evaluation.expectedCalibrationError());
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

  private static void writeShare(JsonGenerator json, String name, double value) throws IOException {
    json.writeNumberField(name, rounded(value));
  }

  private static double rounded(double value) {
    return Math.round(value * MICRO) / MICRO;
  }
}
