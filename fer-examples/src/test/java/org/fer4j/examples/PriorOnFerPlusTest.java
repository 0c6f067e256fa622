package org.fer4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The balanced prior does what it is for: rare expressions are found, at a small cost. */
class PriorOnFerPlusTest {

  private static final double LARGEST_COST = 0.015;
  private static final double LEAST_GAIN = 0.03;

  private static Path data = Path.of("");

  @BeforeAll
  static void findFerPlus() {
    String path = System.getenv("FER4J_FERPLUS");
    assumeTrue(
        path != null && Files.exists(Path.of(path)),
        "Set FER4J_FERPLUS to FER+ (ferplus.zip or its folder) to run this test.");
    data = Path.of(path);
  }

  private static JsonNode evaluate(String prior) throws IOException {
    CommandLineRun run =
        CommandLineRun.of("evaluate", data, "--split", "valid", "--json", "--prior", prior);
    assertEquals(0, run.status(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void balancedPriorFindsRareExpressions() throws IOException {
    JsonNode natural = evaluate("natural");
    JsonNode balanced = evaluate("balanced");
    double gain = balanced.get("macro_recall").asDouble() - natural.get("macro_recall").asDouble();
    double cost = natural.get("accuracy").asDouble() - balanced.get("accuracy").asDouble();
    assertTrue(gain > LEAST_GAIN, "macro recall rose by " + gain);
    assertTrue(cost < LARGEST_COST, "accuracy fell by " + cost);
  }

  @Test
  void manifestTellsHowOftenExpressionsOccurInTraining() {
    EmotionScores prior =
        Backends.preferred().models().stream()
            .filter(manifest -> manifest.name().equals(Backend.LIVE_CLASSIFIER))
            .findFirst()
            .orElseThrow()
            .requireClassifier()
            .prior()
            .orElseThrow()
            .shares();
    try (ExpressionDataset dataset = ExpressionDataset.open(data, Split.TRAIN)) {
      List<EmotionScores> votes =
          dataset.images().stream().flatMap(image -> image.distribution().stream()).toList();
      for (Emotion emotion : Emotion.all()) {
        double mean = votes.stream().mapToDouble(vote -> vote.of(emotion)).average().orElse(0);
        assertEquals(mean, prior.of(emotion), 1e-3, emotion.label());
      }
    }
  }
}
