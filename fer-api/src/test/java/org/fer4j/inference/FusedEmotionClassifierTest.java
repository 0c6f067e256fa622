package org.fer4j.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.fer4j.ClassifierOptions;
import org.fer4j.Device;
import org.fer4j.Emotion;
import org.fer4j.EmotionClassifier;
import org.fer4j.Face;
import org.fer4j.FaceCrop;
import org.fer4j.FaceMesh;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.LandmarkDetector;
import org.fer4j.PixelFormat;
import org.fer4j.RuntimeDescription;
import org.fer4j.features.FeatureLayout;
import org.fer4j.model.Model;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of pixels that sees happiness, one of features that sees surprise, and their mean. */
class FusedEmotionClassifierTest {

  private static final int CLASSES = 8;
  private static final String CROP =
      """
      "crop": {"keypoints": {"right_eye": [0.3, 0.4], "left_eye": [0.7, 0.4]},
        "box": {"shiftX": 0, "shiftY": %s, "scale": 1.2}}\
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private Optional<Float> presence = Optional.of(0.95f);
  private int open;

  @BeforeEach
  void writeModels() throws IOException {
    write("pixels", PIXELS, "0");
    write("shifted", PIXELS, "0.1");
    write("features", features("1"), "0");
    write("old", features("0"), "0");
    write("fused", scores("pixels"), "0");
    write("unlike", scores("shifted"), "0");
  }

  private static final String PIXELS =
      """
      {"name": "x", "layout": "NCHW", "width": 4, "height": 4, "color": "GRAY", "mean": [0],
       "std": [1], "border": "replicate"}\
      """;

  private static String features(String layout) {
    return "{\"name\": \"x\", \"features\": {\"layout\": \"%s\", \"length\": %d}}"
        .formatted(layout, FeatureLayout.current().size());
  }

  private static String scores(String first) {
    return """
    {"name": "x", "scores": {"branches": ["%s", "features"], "weights": [0.5, 0.5],
     "leastPresence": 0.9, "leastLipsContrast": 0.2}}\
    """
        .formatted(first);
  }

  private void write(String name, String input, String shiftY) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(
        folder.resolve(name).resolve("model.json"),
        """
        {"name": "%s", "version": "1", "task": "emotion-classification", "description": "Faces.",
         "file": "model.onnx", "sha256": "%s", "license": "MIT", "source": "a test", "input": %s,
         "classifier": {"logits": "y", "labels": ["neutral", "happiness", "surprise", "sadness",
           "anger", "disgust", "fear", "contempt"], %s}}
        """
            .formatted(name, "0123456789abcdef".repeat(4), input, CROP.formatted(shiftY)));
  }

  /** A session that computes each row's logits in Java. */
  private final class FakeSession implements InferenceSession {

    private final FloatBuffer input;
    private final FloatBuffer output;
    private final int maxBatch;
    private final int length;
    private final UnaryOperator<float[]> network;

    FakeSession(int maxBatch, int length, UnaryOperator<float[]> network) {
      this.maxBatch = maxBatch;
      this.length = length;
      this.network = network;
      this.input = FloatBuffer.allocate(maxBatch * length);
      this.output = FloatBuffer.allocate(maxBatch * CLASSES);
      open++;
    }

    @Override
    public RuntimeDescription runtime() {
      return new RuntimeDescription("fake", "Fake 1", Device.CPU, "none", 1, Optional.empty());
    }

    @Override
    public int maxBatch() {
      return maxBatch;
    }

    @Override
    public FloatBuffer input() {
      return input;
    }

    @Override
    public void run(int batch) {
      for (int i = 0; i < batch; i++) {
        float[] row = new float[length];
        input.get(i * length, row);
        output.put(i * CLASSES, network.apply(row));
      }
    }

    @Override
    public FloatBuffer output(int index) {
      return output;
    }

    @Override
    public void close() {
      open--;
    }
  }

  private static float[] sure(Emotion emotion) {
    float[] logits = new float[CLASSES];
    logits[emotion.ordinal()] = 3;
    return logits;
  }

  private static float[] mean(float[] row) {
    float[] mean = new float[CLASSES];
    for (int i = 0; i < row.length; i++) {
      mean[i % CLASSES] += row[i] / 2;
    }
    return mean;
  }

  private final class FakeLandmarks implements LandmarkDetector {

    FakeLandmarks() {
      open++;
    }

    @Override
    public List<Optional<FaceMesh>> detect(Frame frame, List<Face> faces) {
      List<Optional<FaceMesh>> meshes = new ArrayList<>();
      for (Face face : faces) {
        Random random = new Random(1);
        float[] points = new float[3 * FaceMesh.SIZE];
        for (int i = 0; i < points.length; i++) {
          points[i] = face.box().centerX() + 40 * random.nextFloat() - 20;
        }
        meshes.add(presence.map(sure -> FaceMesh.of(sure, points)));
      }
      return meshes;
    }

    @Override
    public void close() {
      open--;
    }
  }

  private Model model(String name) {
    return Model.ofDirectory(folder.resolve(name));
  }

  private FakeSession session(Model model, int maxBatch) {
    String name = model.manifest().name();
    UnaryOperator<float[]> network =
        switch (name) {
          case "pixels", "shifted" -> row -> sure(Emotion.HAPPINESS);
          case "features" -> row -> sure(Emotion.SURPRISE);
          default -> FusedEmotionClassifierTest::mean;
        };
    return new FakeSession(maxBatch, model.manifest().tensor().length(), network);
  }

  private EmotionClassifier open(String name) {
    Model fused = model(name);
    return FusedEmotionClassifier.open(
        (model, outputs, maxBatch, runtime) -> session(model, maxBatch),
        fused,
        fused.manifest().requireClassifier(),
        this::model,
        new FakeLandmarks(),
        ClassifierOptions.defaults().withMaxBatch(2));
  }

  private EmotionClassifier openFeatures(String name) {
    return FeatureEmotionClassifier.open(
        (model, outputs, maxBatch, runtime) -> session(model, maxBatch),
        model(name),
        new FakeLandmarks(),
        ClassifierOptions.defaults().withMaxBatch(2));
  }

  private static FaceCrop crop(boolean even) {
    byte[] pixels = new byte[100 * 100];
    if (!even) {
      new Random(2).nextBytes(pixels);
    }
    return FaceCrop.whole(Frame.of(pixels, PixelFormat.GRAY8, 100, 100));
  }

  @Test
  void hearsAllBranches() {
    try (EmotionClassifier fused = open("fused")) {
      var scores = fused.classify(List.of(crop(false), crop(false), crop(false)));
      assertEquals(3, scores.size());
      assertEquals(scores.get(2).of(Emotion.HAPPINESS), scores.get(2).of(Emotion.SURPRISE), 1e-5);
      assertTrue(scores.get(2).of(Emotion.HAPPINESS) > 0.29);
    }
  }

  @Test
  void leavesOutFeaturesWhereNoPointsAreFoundOrHardlyAny() {
    for (Optional<Float> found : List.of(Optional.<Float>empty(), Optional.of(0.6f))) {
      presence = found;
      try (EmotionClassifier fused = open("fused")) {
        assertEquals(
            Math.exp(3) / (Math.exp(3) + 7),
            fused.classify(List.of(crop(false))).get(0).of(Emotion.HAPPINESS),
            1e-4);
      }
    }
  }

  @Test
  void leavesOutFeaturesWhereSomethingEvenCoversTheMouth() {
    try (EmotionClassifier fused = open("fused")) {
      assertEquals(Emotion.HAPPINESS, fused.classify(List.of(crop(true))).get(0).top());
      assertTrue(fused.classify(List.of(crop(true))).get(0).confidence() > 0.7);
    }
  }

  @Test
  void closesWhatItOpened() {
    EmotionClassifier fused = open("fused");
    assertEquals(4, open);
    fused.close();
    fused.close();
    assertEquals(0, open);
    assertThrows(IllegalStateException.class, () -> fused.classify(List.of(crop(false))));
  }

  @Test
  void refusesBranchesThatWantOtherCrops() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> open("unlike"));
    assertTrue(
        String.valueOf(refusal.getMessage()).startsWith("expected the same crop rule"),
        refusal.getMessage());
    assertEquals(0, open);
    assertThrows(IllegalArgumentException.class, () -> open("pixels"));
    assertEquals(0, open);
  }

  @Test
  void classifierOfFeaturesAnswersWithoutPoints() {
    presence = Optional.empty();
    try (EmotionClassifier classifier = openFeatures("features")) {
      assertEquals(
          Emotion.SURPRISE, classifier.classify(List.of(crop(false), crop(true))).get(1).top());
    }
    assertEquals(0, open);
  }

  @Test
  void classifierOfFeaturesRefusesAnotherLayout() {
    FerException refusal = assertThrows(FerException.class, () -> openFeatures("old"));
    assertTrue(
        String.valueOf(refusal.getMessage()).startsWith("expected layout 1 of "),
        refusal.getMessage());
    assertThrows(IllegalArgumentException.class, () -> openFeatures("pixels"));
    assertEquals(0, open);
  }
}
