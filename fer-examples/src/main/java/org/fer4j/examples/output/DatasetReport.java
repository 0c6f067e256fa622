package org.fer4j.examples.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.fer4j.Emotion;
import org.fer4j.examples.analysis.Networks;
import org.fer4j.training.quality.ClassBalance;
import org.fer4j.training.quality.DatasetCheck;
import org.fer4j.training.quality.Finding;
import org.fer4j.training.quality.FindingKind;
import org.fer4j.training.quality.Part;

/**
 * What a check of datasets found, ready to be printed.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param data where the images lie
 * @param detector its name, or "none" if nobody looked for faces
 * @param check what was found
 */
public record DatasetReport(List<String> data, String detector, DatasetCheck check) {

  private static final double TENTH = 10;

  /** Copies the list. */
  public DatasetReport {
    data = List.copyOf(data);
  }

  /** Prints the figures for people. */
  public void printTable(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %,d images, detector %s%n%n",
        String.join(", ", data),
        check.images(),
        detector);
    TextTable.print(labels(check), out);
    out.println();
    TextTable.print(counts(), out);
    out.printf(
        Locale.ROOT,
        "%n%,d images are better left out (--clean FILE lists them).%n",
        check.leaveOut(Set.of()).reasons().size());
    out.flush();
  }

  /** Returns how the labels are spread, a column for each part. */
  static List<List<String>> labels(DatasetCheck check) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("LABEL", check, (part, balance) -> part.label()));
    for (Emotion emotion : Emotion.all()) {
      rows.add(row(emotion.label(), check, (part, balance) -> number(balance.count(emotion))));
    }
    rows.add(row("no certain label", check, (part, balance) -> number(balance.unlabeled())));
    rows.add(row("all", check, (part, balance) -> number(balance.images())));
    rows.add(row("most : fewest", check, (part, balance) -> ratio(balance.imbalance())));
    return rows;
  }

  /** Returns how many images have each finding, a column for each part. */
  List<List<String>> counts() {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = row("FINDING", check, (part, balance) -> part.label());
    header.add("MEANING");
    rows.add(header);
    for (FindingKind kind : FindingKind.values()) {
      List<Finding> findings = check.findings(kind);
      List<String> row =
          row(
              kind.label(),
              check,
              (part, balance) ->
                  wasLookedFor(kind)
                      ? number(findings.stream().filter(f -> f.image().part().equals(part)).count())
                      : "-");
      row.add(kind.description());
      rows.add(row);
    }
    return rows;
  }

  /** Without a detector nobody looked for faces. */
  private boolean wasLookedFor(FindingKind kind) {
    return kind != FindingKind.NO_FACE || !detector.equals(Networks.NO_DETECTOR);
  }

  /** The text of one cell. */
  private interface Cell {
    String of(Part part, ClassBalance balance);
  }

  private static List<String> row(String first, DatasetCheck check, Cell cell) {
    List<String> row = new ArrayList<>(List.of(first));
    check.balances().forEach((part, balance) -> row.add(cell.of(part, balance)));
    return row;
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String ratio(OptionalDouble imbalance) {
    return imbalance.isPresent()
        ? String.format(Locale.ROOT, "%.1f", imbalance.getAsDouble())
        : "-";
  }

  /** Prints one object. */
  public void printJson(PrintWriter out) {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeArrayFieldStart("data");
      for (String path : data) {
        json.writeString(path);
      }
      json.writeEndArray();
      json.writeStringField("detector", detector);
      json.writeNumberField("images", check.images());
      json.writeNumberField("left_out", check.leaveOut(Set.of()).reasons().size());
      writeParts(json);
      writeFindings(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
    out.flush();
  }

  private void writeParts(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("parts");
    for (Map.Entry<Part, ClassBalance> entry : check.balances().entrySet()) {
      Part part = entry.getKey();
      ClassBalance balance = entry.getValue();
      json.writeStartObject();
      json.writeStringField("dataset", part.dataset());
      if (part.split().isPresent()) {
        json.writeStringField("split", part.split().get().label());
      }
      json.writeNumberField("images", balance.images());
      json.writeObjectFieldStart("labels");
      for (Emotion emotion : Emotion.all()) {
        json.writeNumberField(emotion.label(), balance.count(emotion));
      }
      json.writeEndObject();
      json.writeNumberField("without_label", balance.unlabeled());
      if (balance.imbalance().isPresent()) {
        json.writeNumberField(
            "imbalance", Math.round(balance.imbalance().getAsDouble() * TENTH) / TENTH);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeFindings(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("counts");
    for (FindingKind kind : FindingKind.values()) {
      if (wasLookedFor(kind)) {
        json.writeNumberField(kind.label(), check.findings(kind).size());
      }
    }
    json.writeEndObject();
    json.writeArrayFieldStart("findings");
    for (Finding finding : check.findings()) {
      json.writeStartObject();
      json.writeStringField("kind", finding.kind().label());
      json.writeStringField("image", finding.image().name());
      if (finding.other().isPresent()) {
        json.writeStringField("other", finding.other().get().name());
      }
      json.writeStringField("reason", finding.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
