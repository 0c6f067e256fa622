package org.fer4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
