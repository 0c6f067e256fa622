package org.fer4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fer4j.Emotion;
import org.fer4j.examples.CommandLineRun;
import org.fer4j.examples.Pictures;
import org.fer4j.training.evaluation.Corruption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fake backend says surprise to a crop, happiness to a face that it finds, and finds none in
 * the dark.
 */
class EvaluateCommandTest {

  private static final double EXACT = 1e-6;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  /** FER+'s test part: 3 of surprise, 1 of happiness, 1 dark of happiness, 1 without majority. */
  @BeforeEach
  void writeDataset() throws IOException {
    byte[] bright = Pictures.encode(Pictures.withFace(), "png");
    byte[] dark = Pictures.encode(new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY), "png");
    String surprise = "0,0,10,0,0,0,0,0,0,0";
    String happiness = "0,10,0,0,0,0,0,0,0,0";
    String divided = "3,3,0,2,2,0,0,0,0,0";
    List<String> votes = List.of(surprise, surprise, surprise, happiness, happiness, divided);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < votes.size(); i++) {
      String name = "fer%07d.png".formatted(i);
      lines.add(name + ",\"(0, 0, 48, 48)\"," + votes.get(i));
      Pictures.write(folder.resolve("FER2013Test").resolve(name), i == 4 ? dark : bright);
    }
    Files.write(folder.resolve("FER2013Test/label.csv"), lines);
  }

  private CommandLineRun evaluate(Object... options) {
    List<Object> all = new ArrayList<>(List.of("evaluate", folder, "--backend", "fake"));
    all.addAll(List.of(options));
    return CommandLineRun.of(all.toArray());
  }

  private static JsonNode json(CommandLineRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void measuresCrops() throws IOException {
    CommandLineRun run = evaluate("--split", "test", "--detector", "none", "--json");
    assertEquals(0, run.status(), run.err());
    assertEquals("", run.err());
    JsonNode report = json(run);
    assertEquals(5, report.get("images").asInt());
    assertEquals(5, report.get("faces_found").asInt());
    assertEquals(1, report.get("without_label").asInt());
    assertEquals(0.6, report.get("accuracy").asDouble(), EXACT);
    assertTrue(report.get("accuracy_ci95").get(0).asDouble() < 0.6);
    assertTrue(report.get("accuracy_ci95").get(1).asDouble() > 0.6);
    // Surprise: precision 3/5, recall 1, F1 6/8. Happiness: never predicted.
    assertEquals(0.375, report.get("macro_f1").asDouble(), EXACT);
    assertEquals(0.5, report.get("macro_recall").asDouble(), EXACT);
    // All in one bin: confidence 0.75, accuracy 0.6.
    assertEquals(0.15, report.get("ece").asDouble(), EXACT);
    List<String> labels = new ArrayList<>();
    report.get("labels").forEach(label -> labels.add(label.asText()));
    assertEquals(Emotion.all().stream().map(Emotion::label).toList(), labels);
    assertEquals(2, report.get("confusion").get(1).get(2).asInt());
    assertEquals(3, report.get("per_label").get("surprise").get("support").asInt());
  }

  @Test
  void countsFacesThatAreNotFound() throws IOException {
    CommandLineRun run = evaluate("--detector", "blazeface", "--json");
    assertEquals(0, run.status(), run.err());
    JsonNode report = json(run);
    assertEquals(5, report.get("images").asInt());
    assertEquals(4, report.get("faces_found").asInt());
    assertEquals(0.25, report.get("accuracy").asDouble(), EXACT);
    assertEquals(0.2, report.get("accuracy_of_all").asDouble(), EXACT);
  }

  @Test
  void printsTables() {
    CommandLineRun run = evaluate("--detector", "blazeface");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("test: 5 images; 1 more have no certain label"), run.out());
    assertTrue(run.out().contains("faces found"), run.out());
    assertTrue(run.out().contains("rows: true, columns: predicted"), run.out());
  }

  @Test
  void saysTheSameWithAnyNumberOfThreads() throws IOException {
    JsonNode one = json(evaluate("--json", "--threads", 1));
    JsonNode four = json(evaluate("--json", "--threads", 4));
    assertEquals(one.get("confusion"), four.get("confusion"));
    assertEquals(one.get("ece"), four.get("ece"));
  }

  @Test
  void goesOnAfterABadImage() throws IOException {
    Pictures.write(folder.resolve("FER2013Test/fer0000001.png"), new byte[] {1, 2, 3});
    CommandLineRun run = evaluate("--json");
    assertEquals(1, run.status());
    assertEquals(4, json(run).get("images").asInt());
    assertEquals(1, json(run).get("unreadable").asInt());
    assertTrue(run.err().contains("fer0000001.png"), run.err());
  }

  @Test
  void leavesOutWhatAListNames() throws IOException {
    String below = folder.getFileName() + "/FER2013Test/";
    Path list =
        Files.writeString(
            folder.resolve("out.tsv"),
            below + "fer0000003.png\tconflict\n" + below + "fer0000004.png\n");
    CommandLineRun run = evaluate("--json", "--leave-out", list);
    assertEquals(0, run.status(), run.err());
    assertEquals(3, json(run).get("images").asInt());
    assertEquals(1.0, json(run).get("accuracy").asDouble(), EXACT);
  }

  @Test
  void refusesWhatIsNotThere() {
    assertEquals(2, evaluate("--leave-out", folder.resolve("none.tsv")).status());
    assertEquals(2, evaluate("--split", "best").status());
    assertEquals(2, evaluate("--model", "nose").status());
    assertEquals(1, evaluate("--split", "train").status());
    assertEquals(2, CommandLineRun.of("evaluate").status());
    assertEquals(2, CommandLineRun.of("evaluate", folder.resolve("missing")).status());
  }

  @Test
  void saysSoWhenThereIsNoFaceAtAll() throws IOException {
    byte[] dark = Pictures.encode(new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY), "png");
    for (int i = 0; i < 4; i++) {
      Pictures.write(folder.resolve("FER2013Test/fer%07d.png".formatted(i)), dark);
    }
    CommandLineRun run = evaluate("--detector", "blazeface");
    assertEquals(1, run.status());
    assertTrue(run.err().contains("--detector none"), run.err());
  }

  @Test
  void tellsWhatIsBehindTheFigures() throws IOException {
    JsonNode report = json(evaluate("--json"));
    assertEquals("natural", report.get("prior").asText());
    double crossFitted = report.get("ece_cross_fitted").asDouble();
    assertTrue(crossFitted > 0 && crossFitted < 1, "cross-fitted: " + crossFitted);
    // The same confidence for all, 2 of 5 wrong.
    assertEquals(0.4, report.get("aurc").asDouble(), EXACT);
    assertEquals(20, report.get("risk_coverage").size());
    assertEquals(1, report.get("risk_coverage").get(19).get("coverage").asDouble());
    assertEquals(0.4, report.get("risk_coverage").get(19).get("risk").asDouble(), EXACT);
    // 0.75 is in (11/15, 12/15].
    JsonNode bin = report.get("reliability").get(11);
    assertEquals(5, bin.get("images").asInt());
    assertEquals(0.75, bin.get("confidence").asDouble(), EXACT);
    assertEquals(0.6, bin.get("accuracy").asDouble(), EXACT);
    assertTrue(report.path("robustness").isMissingNode());
  }

  /** The fake classifier says surprise to any crop, however dark. */
  @Test
  void corruptsCrops() throws IOException {
    JsonNode robustness = json(evaluate("--json", "--robustness")).get("robustness");
    assertEquals(0.6, robustness.get("mean_accuracy").asDouble(), EXACT);
    for (Corruption corruption : Corruption.all()) {
      JsonNode kind = robustness.get(corruption.label());
      assertEquals(5, kind.get("strengths").size());
      assertEquals(5, kind.get("accuracy").size());
      assertEquals(0.6, kind.get("accuracy").get(4).asDouble(), EXACT);
    }
  }

  /** The fake detector finds what is bright: nothing in the dark. One of five images is happy. */
  @Test
  void facesThatACorruptionHidesAreWrongAnswers() throws IOException {
    CommandLineRun run = evaluate("--detector", "blazeface", "--json", "--robustness");
    JsonNode robustness = json(run).get("robustness");
    JsonNode dark = robustness.get("dark").get("accuracy");
    assertEquals(0.2, dark.get(0).asDouble(), EXACT);
    assertEquals(0, dark.get(4).asDouble(), EXACT);
    assertEquals(0.2, robustness.get("bright").get("accuracy").get(4).asDouble(), EXACT);
  }

  @Test
  void robustnessIsTheSameEachTime() throws IOException {
    JsonNode one = json(evaluate("--json", "--robustness", "--threads", 1));
    JsonNode three = json(evaluate("--json", "--robustness", "--threads", 3));
    assertEquals(one.get("robustness"), three.get("robustness"));
    CommandLineRun table = evaluate("--robustness");
    assertTrue(table.out().contains("gaussian blur"), table.out());
    assertTrue(table.out().contains("robust accuracy"), table.out());
  }

  @Test
  void writesAReport() throws IOException {
    Path file = folder.resolve("new/a report.html");
    CommandLineRun run = evaluate("--robustness", "--report", file);
    assertEquals(0, run.status(), run.err());
    String html = Files.readString(file);
    assertTrue(html.startsWith("<!DOCTYPE html>"));
    assertTrue(html.contains("<td>60.00 % (95 % interval"), html);
    assertTrue(html.contains("<td>surprise</td><td>3</td><td>60.00 %</td><td>100.00 %</td>"), html);
    assertTrue(html.contains("low resolution</td><td>60.00 %</td>"), html);
    assertTrue(html.contains("./fer evaluate " + folder), html);
    assertTrue(html.contains("--report &#39;" + file + "&#39;"), html);
    assertEquals(4, html.split("<svg ", -1).length - 1, "bars, reliability, risk, robustness");
  }

  @Test
  void reportLoadsNothingAndTakesNoNameForHtml() throws IOException {
    Path strange = folder.resolve("<script>alert(1)</script>");
    Files.createDirectories(strange.getParent());
    Path file = folder.resolve("report.html");
    Files.move(
        folder.resolve("FER2013Test"), Files.createDirectories(strange).resolve("FER2013Test"));
    CommandLineRun run =
        CommandLineRun.of("evaluate", strange, "--backend", "fake", "--report", file);
    assertEquals(0, run.status(), run.err());
    String html = Files.readString(file);
    assertFalse(html.contains("<script"), html);
    assertTrue(html.contains("&lt;script&gt;"), html);
    String elsewhere = html.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    assertFalse(elsewhere.contains("http:") || elsewhere.contains("https:"), html);
    assertTrue(html.contains("default-src 'none'"), html);
  }

  @Test
  void reportThatCantBeWrittenIsRefusedAtOnce() {
    CommandLineRun run = evaluate("--report", folder);
    assertEquals(2, run.status());
    assertTrue(run.err().contains("expected a file for the report"), run.err());
    assertEquals("", run.out());
  }
}
