package org.fer4j.examples.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fer4j.model.FeatureSpec;
import org.fer4j.model.InputSpec;
import org.fer4j.model.MeasuredAccuracy;
import org.fer4j.model.ModelManifest;
import org.fer4j.model.TensorSpec;

/**
 * Prints what networks there are.
 *
 * <p>Safe for use by many threads, each with a writer of its own.
 */
public final class ModelListing {

  private static final int BYTES_PER_KILOBYTE = 1000;

  private ModelListing() {}

  /** Prints a row for each network, and below the rows their checksums. */
  public static void printTable(List<BundledModel> models, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NAME", "VERSION", "BACKEND", "TASK", "INPUT", "SIZE", "LICENCE", "ACCURACY"));
    for (BundledModel model : models) {
      ModelManifest manifest = model.manifest();
      rows.add(
          List.of(
              manifest.name(),
              manifest.version(),
              model.backend(),
              manifest.task().label(),
              input(manifest.tensor()),
              model.bytes().isPresent() ? kilobytes(model.bytes().getAsLong()) : "-",
              manifest.license(),
              manifest.accuracy().map(ModelListing::accuracy).orElse("-")));
    }
    TextTable.print(rows, out);
    out.println();
    List<List<String>> checksums = new ArrayList<>();
    checksums.add(List.of("NAME", "SHA-256"));
    models.forEach(m -> checksums.add(List.of(m.manifest().name(), m.manifest().sha256())));
    TextTable.print(checksums, out);
    out.flush();
  }

  private static String input(TensorSpec tensor) {
    return tensor instanceof InputSpec pixels
        ? "%1$dx%1$d %2$s".formatted(pixels.size(), pixels.color())
        : "%d %s".formatted(tensor.length(), kind(tensor));
  }

  private static String kind(TensorSpec tensor) {
    return tensor instanceof FeatureSpec ? "features" : "scores";
  }

  private static String kilobytes(long bytes) {
    return String.format(Locale.ROOT, "%,d kB", Math.round((double) bytes / BYTES_PER_KILOBYTE));
  }

  private static String accuracy(MeasuredAccuracy measured) {
    return String.format(
        Locale.ROOT,
        "%.1f %% (%.1f to %.1f) of %,d, %s",
        100 * measured.accuracy(),
        100 * measured.low(),
        100 * measured.high(),
        measured.images(),
        measured.dataset());
  }

  /** Prints one object with a member for each network. */
  public static void printJson(List<BundledModel> models, PrintWriter out) {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeArrayFieldStart("models");
      for (BundledModel model : models) {
        writeModel(json, model);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
    out.flush();
  }

  private static void writeModel(JsonGenerator json, BundledModel model) throws IOException {
    ModelManifest manifest = model.manifest();
    json.writeStartObject();
    json.writeStringField("name", manifest.name());
    json.writeStringField("version", manifest.version());
    json.writeStringField("backend", model.backend());
    json.writeStringField("task", manifest.task().label());
    json.writeStringField("description", manifest.description());
    json.writeObjectFieldStart("input");
    if (manifest.tensor() instanceof InputSpec pixels) {
      json.writeNumberField("width", pixels.size());
      json.writeNumberField("height", pixels.size());
      json.writeStringField("color", pixels.color().name());
    } else {
      json.writeNumberField(kind(manifest.tensor()), manifest.tensor().length());
    }
    json.writeEndObject();
    if (model.bytes().isPresent()) {
      json.writeNumberField("bytes", model.bytes().getAsLong());
    }
    json.writeStringField("license", manifest.license());
    json.writeStringField("sha256", manifest.sha256());
    json.writeStringField("source", manifest.source());
    if (manifest.accuracy().isPresent()) {
      writeAccuracy(json, manifest.accuracy().get());
    }
    json.writeEndObject();
  }

  private static void writeAccuracy(JsonGenerator json, MeasuredAccuracy measured)
      throws IOException {
    json.writeObjectFieldStart("accuracy");
    json.writeStringField("dataset", measured.dataset());
    json.writeNumberField("images", measured.images());
    json.writeNumberField("accuracy", measured.accuracy());
    json.writeArrayFieldStart("ci95");
    json.writeNumber(measured.low());
    json.writeNumber(measured.high());
    json.writeEndArray();
    json.writeStringField("command", measured.command());
    json.writeEndObject();
  }
}
