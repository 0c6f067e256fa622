package org.fer4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
  void refusesWhatIsNotThere() {
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
}
