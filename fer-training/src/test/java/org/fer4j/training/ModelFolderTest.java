package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.fer4j.CropRule;
import org.fer4j.EmotionScores;
import org.fer4j.FerException;
import org.fer4j.Point;
import org.fer4j.model.Model;
import org.fer4j.model.TrainingPrior;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final TrainedNetwork NETWORK =
      TrainedNetwork.of(Samples.recipe(1), Samples.weights(Samples.SHAPE, 3));

  private static ModelCard card(Optional<ModelCard.Accuracy> accuracy) {
    CropRule crop =
        new CropRule(
            Map.of("nose_tip", new Point(0.5f, 0.6f), "mouth", new Point(0.5f, 0.8f)),
            0,
            -0.1f,
            1.25f);
    TrainingPrior prior =
        new TrainingPrior(EmotionScores.of(0.1f, 0.3f, 0.6f, 0, 0, 0, 0, 0), 0.5f);
    return new ModelCard(
        "mine", "2", "A test.", "Apache-2.0", "Nowhere.", 1.23456, prior, crop, accuracy);
  }

  @Test
  void manifestDescribesTheNetwork(@TempDir Path path) throws IOException {
    ModelFolder folder = new ModelFolder(path.resolve("new"));
    Measurement measurement = new Measurement(100, 81, 0.5, 1);
    folder.write(
        NETWORK, card(Optional.of(ModelCard.Accuracy.of("Some images", measurement, "./fer"))));
    String expected =
        """
        {
          "name": "mine",
          "version": "2",
          "task": "emotion-classification",
          "description": "A test.",
          "file": "model.onnx",
          "sha256": "%s",
          "license": "Apache-2.0",
          "source": "Nowhere.",
          "input": {
            "name": "input",
            "layout": "NCHW",
            "width": 16,
            "height": 16,
            "color": "GRAY",
            "border": "replicate",
            "mean": [ 127.5 ],
            "std": [ 64.0 ]
          },
          "classifier": {
            "logits": "logits",
            "labels": [ "neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt" ],
            "temperature": 1.2346,
            "prior": {
              "neutral": 0.1,
              "happiness": 0.3,
              "surprise": 0.6,
              "sadness": 0.0,
              "anger": 0.0,
              "disgust": 0.0,
              "fear": 0.0,
              "contempt": 0.0
            },
            "balancedStrength": 0.5,
            "crop": {
              "keypoints": {
                "mouth": [ 0.5, 0.8 ],
                "nose_tip": [ 0.5, 0.6 ]
              },
              "box": {
                "shiftX": 0.0,
                "shiftY": -0.1,
                "scale": 1.25
              }
            }
          },
          "accuracy": {
            "dataset": "Some images",
            "images": 100,
            "accuracy": 0.81,
            "ci95": [ 0.7222, 0.8749 ],
            "command": "./fer"
          }
        }
        """
            .formatted(ModelFolder.sha256(Files.readAllBytes(folder.network())));
    assertEquals(expected, Files.readString(folder.manifest()));
    assertEquals("mine", Model.ofDirectory(folder.path()).manifest().name());
    assertArrayEquals(NETWORK.toOnnx(), Files.readAllBytes(folder.network()));
  }

  @Test
  void whatAnOlderManifestSaysBesidesIsKept(@TempDir Path path) throws IOException {
    ModelFolder folder = new ModelFolder(path);
    Files.writeString(
        folder.manifest(),
        """
        {"name": "old", "card": {"size": 48}, "mine": [1], "input": {"name": "x", "range": "full"}}
        """);
    folder.write(NETWORK, card(Optional.empty()));
    JsonNode manifest = JSON.readTree(folder.manifest().toFile());
    assertEquals("mine", manifest.get("name").asText());
    assertEquals(48, manifest.get("card").get("size").asInt());
    assertEquals(1, manifest.get("mine").get(0).asInt());
    assertEquals("full", manifest.get("input").get("range").asText());
    assertEquals("input", manifest.get("input").get("name").asText());
    assertTrue(manifest.path("accuracy").isMissingNode());
  }

  @Test
  void whatAnOlderManifestSaysOfOtherWeightsIsNotKept(@TempDir Path path) throws IOException {
    ModelFolder folder = new ModelFolder(path);
    String older =
        """
        {"accuracy": {"accuracy": 0.99, "test": 0.98}, "detector": {"boxes": "boxes"}}
        """;
    Files.writeString(folder.manifest(), older);
    folder.write(NETWORK, card(Optional.empty()));
    JsonNode manifest = JSON.readTree(folder.manifest().toFile());
    assertTrue(manifest.path("accuracy").isMissingNode());
    assertTrue(manifest.path("detector").isMissingNode());

    Files.writeString(folder.manifest(), older);
    Measurement measurement = new Measurement(100, 81, 0.5, 1);
    folder.write(NETWORK, card(Optional.of(ModelCard.Accuracy.of("Some", measurement, "./fer"))));
    JsonNode accuracy = JSON.readTree(folder.manifest().toFile()).get("accuracy");
    assertEquals(0.81, accuracy.get("accuracy").asDouble());
    assertTrue(accuracy.path("test").isMissingNode());
  }

  @Test
  void manifestThatIsNotJsonIsRefused(@TempDir Path path) throws IOException {
    ModelFolder folder = new ModelFolder(path);
    Files.writeString(folder.manifest(), "no");
    var e = assertThrows(FerException.class, () -> folder.write(NETWORK, card(Optional.empty())));
    assertTrue(String.valueOf(e.getMessage()).startsWith(folder.manifest() + " can't be read"));
  }

  @Test
  void goldenVectorsHoldInOnnxRuntime(@TempDir Path path) throws IOException, OrtException {
    Path file = path.resolve("golden.json");
    GoldenVectors.write(file, "mine", NETWORK);
    JsonNode golden = JSON.readTree(file.toFile());
    assertEquals(ModelFolder.sha256(NETWORK.toOnnx()), golden.get("sha256").asText());
    assertTrue(golden.get("cases").size() >= 3);
    for (JsonNode test : golden.get("cases")) {
      byte[] pixels = Base64.getDecoder().decode(test.get("pixels").asText());
      float[] image = new float[pixels.length];
      for (int i = 0; i < image.length; i++) {
        image[i] = pixels[i] & 0xff;
      }
      Normalization.apply(NETWORK.recipe(), image);
      float[] expected = JSON.convertValue(test.get("logits"), float[].class);
      float[] found = OnnxExporterTest.run(NETWORK.toOnnx(), image, 1, Samples.SIZE);
      assertArrayEquals(expected, found, (float) golden.get("tolerance").asDouble());
    }
  }
}
