package org.fer4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fer4j.CropRule;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.LandmarkLayout;
import org.fer4j.Point;
import org.fer4j.model.ModelManifest.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelManifestTest {

  static final String DETECTOR =
      """
      {"name": "finder", "version": "2", "task": "face-detection", "description": "Finds.",
       "file": "model.onnx", "sha256": "%s", "license": "MIT", "source": "a test",
       "input": {"name": "x", "layout": "nhwc", "width": 32, "height": 32, "color": "RGB",
         "mean": [1, 2, 3], "std": [4, 5, 6], "border": "zero"},
       "detector": {"boxes": "b", "scores": "s",
         "anchors": [{"stride": 8, "perCell": 2}, {"stride": 16, "perCell": 6}],
         "keypoints": ["right_eye", "left_eye"], "scoreThreshold": 0.5, "scoreClip": 100,
         "suppressionThreshold": 0.3}}
      """
          .formatted("0123456789abcdef".repeat(4));

  static final String CLASSIFIER =
      """
      {"name": "teller", "version": "3", "task": "emotion-classification",
       "description": "Tells: caf\u00e9.", "file": "model.onnx", "sha256": "%s",
       "license": "Apache-2.0", "source": "a test",
       "input": {"name": "x", "layout": "NCHW", "width": 48, "height": 48, "color": "gray",
         "mean": [127.5], "std": [64], "border": "replicate"},
       "classifier": {"logits": "l", "temperature": 1.25,
         "labels": ["contempt", "fear", "disgust", "anger", "sadness", "surprise", "happiness",
           "neutral"],
         "prior": {"neutral": 0.3, "happiness": 0.25, "surprise": 0.15, "sadness": 0.1,
           "anger": 0.1, "disgust": 0.02, "fear": 0.03, "contempt": 0.05},
         "balancedStrength": 0.5,
         "crop": {"keypoints": {"right_eye": [0.3, 0.4], "left_eye": [0.7, 0.4]},
           "box": {"shiftX": 0.01, "shiftY": -0.1, "scale": 1.4}}},
       "accuracy": {"dataset": "d", "images": 3191, "accuracy": 0.85, "ci95": [0.84, 0.86],
         "command": "measure"}}
      """
          .formatted("0123456789abcdef".repeat(4));

  static final String LANDMARKS =
      """
      {"name": "pointer", "version": "1", "task": "face-landmarks", "description": "Points.",
       "file": "model.onnx", "sha256": "%s", "license": "MIT", "source": "a test",
       "input": {"name": "x", "layout": "nhwc", "width": 32, "height": 32, "color": "RGB",
         "mean": [0, 0, 0], "std": [255, 255, 255], "border": "replicate"},
       "landmarks": {"points": "p", "presence": "s", "count": 468, "presenceThreshold": 0.25,
         "cropScale": 1.5}}
      """
          .formatted("0123456789abcdef".repeat(4));

  @Test
  void landmarkNetwork() {
    ModelManifest manifest = ModelManifest.parse(LANDMARKS);
    assertEquals(Task.FACE_LANDMARKS, manifest.task());
    assertEquals(new LandmarkSpec("p", "s", 468, 0.25f, 1.5f), manifest.requireLandmarks());
    assertEquals(
        "expected a model for face-landmarks, found 'finder', which is for face-detection",
        assertThrows(
                IllegalArgumentException.class,
                () -> ModelManifest.parse(DETECTOR).requireLandmarks())
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "landmarks.points",
        "landmarks.presence",
        "landmarks.count",
        "landmarks.presenceThreshold",
        "landmarks.cropScale"
      })
  void missingMembersOfLandmarksAreNamed(String path) {
    assertMissing(LANDMARKS, path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"count\": 468|\"count\": 68|expected 468 landmarks, found 68",
        "Threshold\": 0.25|Threshold\": 1.5|expected a presence threshold in [0, 1], found 1.5",
        "\"cropScale\": 1.5|\"cropScale\": 0|expected a crop scale above 0, found 0.0"
      })
  void wrongMembersOfLandmarksAreNamed(String good, String bad, String expected) {
    assertWrong(LANDMARKS, good, bad, expected);
  }

  @Test
  void detectionNetwork() {
    ModelManifest manifest = ModelManifest.parse(DETECTOR);
    assertEquals("finder", manifest.name());
    assertEquals("2", manifest.version());
    assertEquals(Task.FACE_DETECTION, manifest.task());
    assertEquals("Finds.", manifest.description());
    assertEquals("model.onnx", manifest.file());
    assertEquals("0123456789abcdef".repeat(4), manifest.sha256());
    assertEquals("MIT", manifest.license());
    assertEquals("a test", manifest.source());
    assertEquals(
        new InputSpec(
            "x",
            InputSpec.Layout.NHWC,
            32,
            InputSpec.Color.RGB,
            List.of(1f, 2f, 3f),
            List.of(4f, 5f, 6f),
            InputSpec.Border.ZERO),
        manifest.input());
    assertEquals(
        new DetectorSpec(
            "b",
            "s",
            List.of(new DetectorSpec.AnchorGrid(8, 2), new DetectorSpec.AnchorGrid(16, 6)),
            new LandmarkLayout(List.of("right_eye", "left_eye")),
            0.5f,
            100,
            0.3f),
        manifest.requireDetector());
    assertEquals(4 * 4 * 2 + 2 * 2 * 6, manifest.requireDetector().anchorCount(32));
    assertTrue(manifest.accuracy().isEmpty());
    assertEquals(
        "expected a model for emotion-classification, found 'finder', which is for face-detection",
        assertThrows(IllegalArgumentException.class, manifest::requireClassifier).getMessage());
  }

  @Test
  void classificationNetwork() {
    ModelManifest manifest = ModelManifest.parse(CLASSIFIER);
    assertEquals(
        new ClassifierSpec(
            "l",
            List.of(
                Emotion.CONTEMPT,
                Emotion.FEAR,
                Emotion.DISGUST,
                Emotion.ANGER,
                Emotion.SADNESS,
                Emotion.SURPRISE,
                Emotion.HAPPINESS,
                Emotion.NEUTRAL),
            1.25f,
            Optional.of(
                new TrainingPrior(
                    EmotionScores.of(0.3f, 0.25f, 0.15f, 0.1f, 0.1f, 0.02f, 0.03f, 0.05f), 0.5f)),
            new CropRule(
                Map.of("right_eye", new Point(0.3f, 0.4f), "left_eye", new Point(0.7f, 0.4f)),
                0.01f,
                -0.1f,
                1.4f)),
        manifest.requireClassifier());
    assertEquals(48 * 48, manifest.input().length());
    assertEquals("[5, 1, 48, 48]", Arrays.toString(manifest.input().shape(5)));
    MeasuredAccuracy accuracy = manifest.accuracy().orElseThrow();
    assertEquals(3191, accuracy.images());
    assertEquals(0.85, accuracy.accuracy());
    assertEquals(0.84, accuracy.low(), 1e-6);
    assertEquals(0.86, accuracy.high(), 1e-6);
    assertEquals(
        "expected a model for face-detection, found 'teller', which is for emotion-classification",
        assertThrows(IllegalArgumentException.class, manifest::requireDetector).getMessage());
  }

  @Test
  void temperatureIsOneUnlessGiven() {
    String text = CLASSIFIER.replace("\"temperature\": 1.25,", "");
    assertEquals(1, ModelManifest.parse(text).requireClassifier().temperature());
  }

  @Test
  void priorMayBeMissing() {
    String text = CLASSIFIER.replace("\"prior\":", "\"renamed\":");
    assertTrue(ModelManifest.parse(text).requireClassifier().prior().isEmpty());
  }

  @Test
  void balancedStrengthIsAllUnlessGiven() {
    String text = CLASSIFIER.replace("\"balancedStrength\": 0.5,", "");
    TrainingPrior prior = ModelManifest.parse(text).requireClassifier().prior().orElseThrow();
    assertEquals(1, prior.balancedStrength());
  }

  @Test
  void membersOfTheFutureAreIgnored() {
    String text = DETECTOR.replaceFirst("\\{", "{\"later\": {\"a\": [1]}, ");
    assertEquals(ModelManifest.parse(DETECTOR), ModelManifest.parse(text));
  }

  /** Each member is renamed in turn, so that it is missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "version",
        "task",
        "description",
        "file",
        "sha256",
        "license",
        "source",
        "input",
        "input.layout",
        "input.width",
        "input.height",
        "input.color",
        "input.mean",
        "input.std",
        "input.border",
        "detector.boxes",
        "detector.scores",
        "detector.anchors",
        "detector.keypoints",
        "detector.scoreThreshold",
        "detector.scoreClip",
        "detector.suppressionThreshold"
      })
  void missingMembersOfADetectorAreNamed(String path) {
    assertMissing(DETECTOR, path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classifier.logits",
        "classifier.labels",
        "classifier.prior.contempt",
        "classifier.crop",
        "classifier.crop.keypoints",
        "classifier.crop.box",
        "classifier.crop.box.shiftX",
        "classifier.crop.box.shiftY",
        "classifier.crop.box.scale",
        "accuracy.dataset",
        "accuracy.images",
        "accuracy.ci95",
        "accuracy.command"
      })
  void missingMembersOfAClassifierAreNamed(String path) {
    assertMissing(CLASSIFIER, path);
  }

  private static void assertMissing(String manifest, String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    String without = manifest.replaceFirst("\"" + name + "\":", "\"renamed\":");
    String message = messageFor(without);
    assertTrue(message.contains("'" + path + "', found nothing"), message);
  }

  @Test
  void partsThatTheTaskNeedsAreNamed() {
    assertEquals(
        "expected 'detector' for a face-detection network",
        messageFor(DETECTOR.replace("\"detector\":", "\"renamed\":")));
    assertEquals(
        "expected 'classifier' for an emotion-classification network",
        messageFor(CLASSIFIER.replace("\"classifier\":", "\"renamed\":")));
    assertEquals(
        "expected 'landmarks' for a face-landmarks network",
        messageFor(LANDMARKS.replace("\"landmarks\":", "\"renamed\":")));
    String inputName = DETECTOR.replace("\"input\": {\"name\":", "\"input\": {\"renamed\":");
    assertEquals("expected a string for 'input.name', found nothing", messageFor(inputName));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"face-detection\"|\"faces\"|for 'task', found 'faces'",
        "\"width\": 32|\"width\": 31|expected a square input, found 31 x 32",
        "\"width\": 32|\"width\": \"32\"|expected a number for 'input.width', found '32'",
        "\"width\": 32|\"width\": 32.5|expected an integer for 'input.width', found '32.5'",
        "\"width\": 32, \"height\": 32|\"width\": 0, \"height\": 0|found 0",
        "\"width\": 32, \"height\": 32|\"width\": 4097, \"height\": 4097|found 4097",
        "\"nhwc\"|\"hwc\"|expected one of [NCHW, NHWC] for 'input.layout', found 'hwc'",
        "\"RGB\"|\"CMYK\"|expected one of [GRAY, RGB, BGR] for 'input.color', found 'CMYK'",
        "[1, 2, 3]|[1, 2]|expected 3 values of mean and std for RGB, found 2 and 3",
        "[1, 2, 3]|[1, 2, 1e99]|found Infinity and 6.0",
        "[4, 5, 6]|[4, 5, 0]|a finite std above 0, found 3.0 and 0.0",
        "[4, 5, 6]|[4, -5, 6]|a finite std above 0, found 2.0 and -5.0",
        "\"zero\"|\"mirror\"|expected one of [ZERO, REPLICATE] for 'input.border', found 'mirror'",
        "\"stride\": 8|\"stride\": 0|of at least 1, found 0 and 2",
        "\"perCell\": 6|\"perCell\": 0|of at least 1, found 16 and 0",
        "\"left_eye\"|\"right_eye\"|expected different landmark names",
        "\"scoreThreshold\": 0.5|\"scoreThreshold\": 1.5|expected a score threshold in [0, 1]",
        "\"scoreClip\": 100|\"scoreClip\": 0|expected a score clip above 0, found 0.0",
        "Threshold\": 0.3|Threshold\": -1|expected a suppression threshold in [0, 1], found -1.0",
        "\"0123|\"123|expected 64 lower-case hexadecimal digits for 'sha256'",
        "\"0123|\"0G23|expected 64 lower-case hexadecimal digits for 'sha256'",
        "\"0123|\"A123|expected 64 lower-case hexadecimal digits for 'sha256'"
      })
  void wrongMembersOfADetectorAreNamed(String good, String bad, String expected) {
    assertWrong(DETECTOR, good, bad, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"fear\"|\"joy\"|for 'classifier.labels', found 'joy'",
        "\"contempt\", \"fear\"|\"contempt\", \"anger\"|expected each of the labels",
        "\"fear\", ||expected each of the labels",
        "\"temperature\": 1.25|\"temperature\": 0|expected a temperature above 0, found 0.0",
        "\"sadness\": 0.1|\"sadness\": 0.2|expected probabilities that sum to 1, found 1.",
        "\"sadness\": 0.1|\"sadness\": -0.1|for sadness, found -0.1 in 'classifier.prior'",
        "\"balancedStrength\": 0.5|\"balancedStrength\": 2|expected a balanced strength in [0, 1]",
        "[0.3, 0.4]|[0.3]|expected two numbers for 'crop.keypoints.right_eye', found [0.3]",
        "[0.3, 0.4]|[0.3, \"a\"]|for 'classifier.crop.keypoints.right_eye', found 'a'",
        "[0.3, 0.4]|[0.3, 1e99]|expected finite coordinates",
        "\"shiftX\": 0.01|\"shiftX\": 1e99|expected finite shifts of the box",
        "\"scale\": 1.4|\"scale\": 0|expected a box scale above 0, found 0.0",
        "[0.84, 0.86]|[0.84]|expected two numbers for 'accuracy.ci95', found [0.84]"
      })
  void wrongMembersOfAClassifierAreNamed(String good, String bad, String expected) {
    assertWrong(CLASSIFIER, good, bad == null ? "" : bad, expected);
  }

  private static void assertWrong(String manifest, String good, String bad, String expected) {
    assertTrue(manifest.contains(good), good);
    String message = messageFor(manifest.replace(good, bad));
    assertTrue(message.contains(expected), message);
  }

  /** The weights lie beside the manifest and nowhere else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../model.onnx",
        "/etc/passwd",
        "a/b.onnx",
        "a\\\\b.onnx",
        "..\\\\b.onnx",
        "a\\u0000b",
        "C:model.onnx"
      })
  void filesElsewhereAreRefused(String file) {
    String message = messageFor(DETECTOR.replace("\"model.onnx\"", "\"" + file + "\""));
    assertTrue(
        message.startsWith("expected the name of a file beside the manifest for 'file'"), message);
  }

  /** Whatever is left of a file after a failed download: a clear message, never anything else. */
  @Test
  void manifestsCutAtAnyByteAreRefused() {
    for (String good : List.of(DETECTOR, CLASSIFIER)) {
      byte[] bytes = good.strip().getBytes(StandardCharsets.UTF_8);
      for (int length = 0; length < bytes.length; length++) {
        String message = messageFor(new String(bytes, 0, length, StandardCharsets.UTF_8));
        assertTrue(
            message.matches("(?s)expected .+ in line \\d+, column \\d+, found .+"),
            length + " bytes: " + message);
      }
    }
  }

  private static String messageFor(String manifest) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> ModelManifest.parse(manifest))
            .getMessage());
  }
}
