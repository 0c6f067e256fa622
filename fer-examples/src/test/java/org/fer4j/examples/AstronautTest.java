package org.fer4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first command of the README, with the bundled networks. */
class AstronautTest {

  private static final Path ASTRONAUT = Path.of("..", "samples", "astronaut.jpg");

  @Test
  void findsOneHappyFace() throws IOException {
    CommandLineRun run = CommandLineRun.of("analyze", ASTRONAUT, "--format", "jsonl");
    assertEquals(0, run.status(), run.err());
    assertEquals("", run.err());
    JsonNode image = new ObjectMapper().readTree(run.out());
    assertEquals(1, image.get("faces").size());
    JsonNode face = image.get("faces").get(0);
    assertEquals("happiness", face.get("emotion").asText());
    assertEquals(224, face.get("keypoints").get("mouth").get(0).asDouble(), 10);
    assertEquals(149, face.get("keypoints").get("mouth").get(1).asDouble(), 10);
    assertFalse(face.has("landmarks"));
    assertFalse(image.get("millis").has("landmarks"));
  }

  @Test
  void findsAndDrawsLandmarks(@TempDir Path folder) throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "analyze", ASTRONAUT, "--landmarks", "--format", "jsonl", "--annotate", folder);
    assertEquals(0, run.status(), run.err());
    JsonNode image = new ObjectMapper().readTree(run.out());
    JsonNode face = image.get("faces").get(0);
    assertEquals(468, face.get("landmarks").size());
    JsonNode lips = face.get("landmarks").get(13);
    assertEquals(3, lips.size());
    assertEquals(224, lips.get(0).asDouble(), 8);
    assertEquals(149, lips.get(1).asDouble(), 8);
    assertEquals(0, face.get("pose").get("roll").asDouble(), 20);
    assertTrue(face.get("openness").get("mouth").asDouble() > 0.1);
    assertTrue(image.get("millis").get("landmarks").asDouble() > 0);
    BufferedImage drawn = ImageIO.read(folder.resolve("astronaut.jpg").toFile());
    BufferedImage plain = ImageIO.read(ASTRONAUT.toFile());
    JsonNode corner = face.get("landmarks").get(61);
    int x = corner.get(0).asInt();
    int y = corner.get(1).asInt();
    assertNotEquals(plain.getRGB(x, y), drawn.getRGB(x, y));
  }

  @ParameterizedTest
  @ValueSource(strings = {"blazeface", "haar"})
  void findsItWithOpenCv(String detector) throws IOException {
    assertHappy("--detector", detector);
  }

  @Test
  void findsItWithYuNet() throws IOException {
    String yunet = System.getenv("FER4J_YUNET");
    assumeTrue(
        yunet != null && Files.isRegularFile(Path.of(yunet)),
        "Set FER4J_YUNET to face_detection_yunet_2023mar.onnx of OpenCV Zoo to run this test.");
    assertHappy("--detector", "yunet:" + yunet);
  }

  private static void assertHappy(String option, String value) throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "analyze", ASTRONAUT, "--format", "jsonl", "--backend", "opencv", option, value);
    assertEquals(0, run.status(), run.err());
    JsonNode faces = new ObjectMapper().readTree(run.out()).get("faces");
    assertEquals(1, faces.size());
    assertEquals("happiness", faces.get(0).get("emotion").asText());
  }

  @Test
  void writesFacialFeatures(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/features.csv");
    CommandLineRun run = CommandLineRun.of("analyze", ASTRONAUT, "--features", file);
    assertEquals(0, run.status(), run.err());
    List<String> lines = Files.readAllLines(file);
    assertEquals(2, lines.size());
    List<String> names = List.of(lines.get(0).split(","));
    String[] values = lines.get(1).split(",", -1);
    assertEquals(names.size(), values.length);
    assertEquals(ASTRONAUT.toString(), values[names.indexOf("file")]);
    assertEquals("1", values[names.indexOf("layout")]);
    assertEquals("happiness", values[names.indexOf("expression")]);
    // A smile with open lips, in eye spans.
    assertEquals(0.7, Double.parseDouble(values[names.indexOf("mouth_width")]), 0.25);
    assertTrue(Double.parseDouble(values[names.indexOf("mouth_opening")]) > 0.02);
    assertEquals(0, Double.parseDouble(values[names.indexOf("eye_asymmetry")]), 0.1);
  }

  @Test
  void listsTheNetworks() throws IOException {
    CommandLineRun run = CommandLineRun.of("models", "--json");
    assertEquals(0, run.status(), run.err());
    JsonNode models = new ObjectMapper().readTree(run.out()).get("models");
    for (JsonNode model : models) {
      assertNotNull(model.get("bytes"), model.toString());
    }
  }
}
