package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.fer4j.ClassifierOptions;
import org.fer4j.DetectorOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.Face;
import org.fer4j.FaceCrop;
import org.fer4j.FaceDetector;
import org.fer4j.FerException;
import org.fer4j.PixelFormat;
import org.fer4j.RotatedSquare;
import org.fer4j.RuntimeOptions;
import org.fer4j.contract.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadModelTest {

  private static final long SEED = 43;
  private static final int SIZE = TinyClassifier.SIZE;

  private static final FaceCrop WHITE =
      FaceCrop.whole(Picture.filled(SIZE, SIZE, 0xffffff).frame(PixelFormat.GRAY8));

  /** Black and white halves: no wave sums up to nothing. */
  private static final FaceCrop HALVES =
      new FaceCrop(WHITE.frame(), new RotatedSquare(0, SIZE / 3f, SIZE, 0));

  private final Path folder;

  BadModelTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private EmotionClassifier open(byte[] network) throws IOException {
    return open(network, ClassifierOptions.defaults());
  }

  private EmotionClassifier open(byte[] network, ClassifierOptions options) throws IOException {
    return new OnnxBackend()
        .openClassifier(TinyClassifier.write(folder, network).toString(), options);
  }

  private String messageFor(byte[] network) {
    FerException e = assertThrows(FerException.class, () -> open(network).close());
    return String.valueOf(e.getMessage());
  }

  private void assertUnreadable(byte[] network) {
    FerException e = assertThrows(FerException.class, () -> open(network).close());
    assertInstanceOf(OrtException.class, e.getCause());
    String message = String.valueOf(e.getMessage());
    assertTrue(
        message.startsWith("ONNX Runtime can't load 'model.onnx' in '" + folder + "': "), message);
  }

  @Test
  void emptyFile() {
    assertUnreadable(new byte[0]);
  }

  @Test
  void garbage() {
    byte[] garbage = new byte[10_000];
    new Random(SEED).nextBytes(garbage);
    assertUnreadable(garbage);
    assertUnreadable("<html>404 Not Found</html>".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void truncatedFile() {
    byte[] network = TinyClassifier.network(-1);
    for (int length = network.length - 1; length > 0; length = length * 9 / 10) {
      assertUnreadable(Arrays.copyOf(network, length));
    }
  }

  @Test
  void fileThatIsNotTheOneOfTheManifest() throws IOException {
    TinyClassifier.write(folder, TinyClassifier.network(-1));
    byte[] damaged = TinyClassifier.network(-1);
    damaged[damaged.length / 2] ^= 1;
    Files.write(folder.resolve("model.onnx"), damaged);
    String message =
        String.valueOf(
            assertThrows(
                    FerException.class,
                    () ->
                        new OnnxBackend()
                            .openClassifier(folder.toString(), ClassifierOptions.defaults()))
                .getMessage());
    assertTrue(message.startsWith("expected SHA-256 "), message);
  }

  /** The tiny network with another input. */
  private static byte[] withInput(String name, int type, int... shape) {
    return new TinyNetwork()
        .input(name, type, shape)
        .cast(name, "floats", TinyNetwork.FLOAT)
        .node("ReduceMax", List.of("floats"), "logits")
        .output("logits", TinyNetwork.FLOAT, -1, 8)
        .toBytes();
  }

  @Test
  void otherInputName() {
    assertEquals(
        "expected an input 'input' in 'model.onnx' of '" + folder + "', found [image]",
        messageFor(withInput("image", TinyNetwork.FLOAT, -1, 1, SIZE, SIZE)));
  }

  @Test
  void otherInputShapes() {
    String expected = "expected the shape [1, 1, 48, 48] for input 'input' of '" + folder + "', ";
    assertEquals(
        expected + "found [-1, 1, 64, 64]",
        messageFor(withInput("input", TinyNetwork.FLOAT, -1, 1, 64, 64)));
    assertEquals(
        expected + "found [-1, 48, 48, 1]",
        messageFor(withInput("input", TinyNetwork.FLOAT, -1, SIZE, SIZE, 1)));
    assertEquals(
        expected + "found [-1, 3, 48, 48]",
        messageFor(withInput("input", TinyNetwork.FLOAT, -1, 3, SIZE, SIZE)));
    assertEquals(
        expected + "found [-1, 2304]",
        messageFor(withInput("input", TinyNetwork.FLOAT, -1, SIZE * SIZE)));
    assertEquals(
        expected + "found [4, 1, 48, 48]",
        messageFor(withInput("input", TinyNetwork.FLOAT, 4, 1, SIZE, SIZE)));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {TinyNetwork.INT32, TinyNetwork.INT64, TinyNetwork.DOUBLE, TinyNetwork.FLOAT16})
  void otherElementTypes(int type) {
    String input = messageFor(withInput("input", type, -1, 1, SIZE, SIZE));
    assertTrue(input.startsWith("expected a tensor of float for input 'input' of"), input);
    byte[] network =
        new TinyNetwork()
            .input("input", TinyNetwork.FLOAT, -1, 1, SIZE, SIZE)
            .cast("input", "logits", type)
            .output("logits", type, -1, 1, SIZE, SIZE)
            .toBytes();
    String output = messageFor(network);
    assertTrue(output.startsWith("expected a tensor of float for output 'logits' of"), output);
  }

  private static byte[] withOutput(String name, int... shape) {
    return new TinyNetwork()
        .input("input", TinyNetwork.FLOAT, -1, 1, SIZE, SIZE)
        .node("Relu", List.of("input"), name)
        .output(name, TinyNetwork.FLOAT, shape)
        .toBytes();
  }

  @Test
  void missingOutput() {
    assertEquals(
        "expected an output 'logits' in 'model.onnx' of '" + folder + "', found [scores]",
        messageFor(withOutput("scores", -1, 1, SIZE, SIZE)));
  }

  @Test
  void otherOutputShape() {
    assertEquals(
        "expected 8 values for each image in output 'logits' of '"
            + folder
            + "', found the shape [-1, 1, 48, 48]",
        messageFor(withOutput("logits", -1, 1, SIZE, SIZE)));
  }

  /** The promised shape of an output is not the one that comes out. */
  @Test
  void outputThatBreaksItsPromise() throws IOException {
    byte[] network =
        new TinyNetwork()
            .input("input", TinyNetwork.FLOAT, -1, 1, SIZE, -1)
            .node("Flatten", List.of("input"), "logits")
            .output("logits", TinyNetwork.FLOAT, -1, -1)
            .toBytes();
    try (EmotionClassifier classifier = open(network)) {
      FerException e = assertThrows(FerException.class, () -> classifier.classify(List.of(WHITE)));
      assertInstanceOf(OrtException.class, e.getCause());
    }
  }

  /** A second input that nobody fills shows in the run, or before it. */
  @Test
  void furtherInput() {
    byte[] network =
        new TinyNetwork()
            .input("input", TinyNetwork.FLOAT, -1, 1, SIZE, SIZE)
            .input("state", TinyNetwork.FLOAT, -1, 8)
            .node("Flatten", List.of("input"), "pixels")
            .constant("weights", new float[SIZE * SIZE * 8], SIZE * SIZE, 8)
            .node("MatMul", List.of("pixels", "weights"), "product")
            .node("Add", List.of("product", "state"), "logits")
            .output("logits", TinyNetwork.FLOAT, -1, 8)
            .toBytes();
    assertThrows(
        FerException.class,
        () -> {
          try (EmotionClassifier classifier = open(network)) {
            classifier.classify(List.of(WHITE));
          }
        });
  }

  /** White gives logits of infinity and so NaN; black gives finite ones. */
  @Test
  void logitsThatAreNotFinite() throws IOException {
    byte[] network =
        new TinyNetwork()
            .input("input", TinyNetwork.FLOAT, -1, 1, SIZE, SIZE)
            .node("Flatten", List.of("input"), "pixels")
            .constant("huge", filled(SIZE * SIZE * 8, 1e38f), SIZE * SIZE, 8)
            .node("MatMul", List.of("pixels", "huge"), "sums")
            .node("Relu", List.of("sums"), "positive")
            .node("Sub", List.of("positive", "positive"), "logits")
            .output("logits", TinyNetwork.FLOAT, -1, 8)
            .toBytes();
    FaceCrop black = FaceCrop.whole(Picture.filled(SIZE, SIZE, 0x000000).frame(PixelFormat.GRAY8));
    List<EmotionScores> alike = List.of(EmotionScores.ofLogits(new float[8]));
    try (EmotionClassifier classifier = open(network)) {
      assertEquals(alike, classifier.classify(List.of(black)));
      assertEquals(
          "expected finite logits from the network in '" + folder + "', found NaN for neutral",
          assertThrows(FerException.class, () -> classifier.classify(List.of(black, WHITE)))
              .getMessage());
      assertEquals(alike, classifier.classify(List.of(black)));
    }
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  /** Finite logits that a small temperature makes infinite are the network's failure as well. */
  @Test
  void logitsBeyondTheTemperature() throws IOException {
    byte[] network = TinyClassifier.network(-1, 1e37f);
    Path model = TinyClassifier.write(folder, network, 1e-3);
    try (EmotionClassifier classifier =
        new OnnxBackend().openClassifier(model.toString(), ClassifierOptions.defaults())) {
      assertThrows(FerException.class, () -> classifier.classify(List.of(HALVES)));
    }
  }

  @Test
  void batchesBeyondAllMemoryAreRefused() {
    for (int maxBatch : new int[] {Integer.MAX_VALUE, 1 << 21, 1_000_000}) {
      ClassifierOptions options = ClassifierOptions.defaults().withMaxBatch(maxBatch);
      String message =
          String.valueOf(
              assertThrows(
                      IllegalArgumentException.class,
                      () -> open(TinyClassifier.network(-1), options).close())
                  .getMessage());
      assertTrue(message.contains("found " + maxBatch), message);
    }
  }

  @Test
  void threadsAndSpinningDoNotChangeTheScores() throws IOException {
    List<FaceCrop> crops = List.of(WHITE, HALVES);
    List<EmotionScores> expected;
    try (EmotionClassifier classifier = open(TinyClassifier.network(-1))) {
      expected = classifier.classify(crops);
    }
    for (int threads = 1; threads <= 4; threads += 3) {
      for (boolean spinning : new boolean[] {false, true}) {
        RuntimeOptions runtime =
            RuntimeOptions.defaults().withIntraOpThreads(threads).withSpinning(spinning);
        try (EmotionClassifier classifier =
            open(TinyClassifier.network(-1), ClassifierOptions.defaults().withRuntime(runtime))) {
          List<EmotionScores> found = classifier.classify(crops);
          for (int i = 0; i < crops.size(); i++) {
            for (int k = 0; k < 8; k++) {
              assertEquals(expected.get(i).toArray()[k], found.get(i).toArray()[k], 1e-4);
            }
          }
        }
      }
    }
  }

  @Test
  void modelsOfTheOtherTaskAreTheCallersMistake() throws IOException {
    String path = TinyClassifier.write(folder, TinyClassifier.network(-1)).toString();
    OnnxBackend backend = new OnnxBackend();
    assertEquals(
        "expected a model for face-detection, found 'tiny', which is for emotion-classification",
        assertThrows(
                IllegalArgumentException.class,
                () -> backend.openDetector(path, DetectorOptions.defaults()))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> backend.openClassifier("blazeface-short", ClassifierOptions.defaults()));
  }

  /** A detection network with one anchor that puts out the mean of its pixels, times a factor. */
  private FaceDetector detector(float boxFactor, float scoreFactor) throws IOException {
    byte[] network =
        new TinyNetwork()
            .input("input", TinyNetwork.FLOAT, -1, 1, 4, 4)
            .node("Flatten", List.of("input"), "pixels")
            .constant("toBoxes", filled(16 * 4, boxFactor / 16), 16, 4)
            .constant("toScores", filled(16, scoreFactor / 16), 16, 1)
            .node("MatMul", List.of("pixels", "toBoxes"), "boxes")
            .node("MatMul", List.of("pixels", "toScores"), "scores")
            .output("boxes", TinyNetwork.FLOAT, -1, 4)
            .output("scores", TinyNetwork.FLOAT, -1, 1)
            .toBytes();
    TinyClassifier.write(folder, network);
    String manifest = Files.readString(folder.resolve("model.json"));
    Files.writeString(
        folder.resolve("model.json"),
        manifest
            .substring(0, manifest.indexOf("\"classifier\""))
            .replace("emotion-classification", "face-detection")
            .replace(": 48", ": 4")
            .replace("[127.5]", "[0]")
            .replace("[64]", "[255]")
            .concat(
                """
                "detector": {"boxes": "boxes", "scores": "scores",
                  "anchors": [{"stride": 4, "perCell": 1}], "keypoints": [],
                  "scoreThreshold": 0.5, "scoreClip": 100, "suppressionThreshold": 0.3}}
                """));
    return new OnnxBackend().openDetector(folder.toString(), DetectorOptions.defaults());
  }

  @Test
  void detectorsNumbersThatAreNotFinite() throws IOException {
    try (FaceDetector detector = detector(2, 3)) {
      // The one anchor is in the centre: 2 to the right and below of it, 2 wide and high, of 4.
      Face face = detector.detect(WHITE.frame()).get(0);
      assertEquals(2 * SIZE / 4f, face.box().width(), 1e-3);
      assertEquals(SIZE - SIZE / 4f, face.box().x(), 1e-3);
      assertEquals(1 / (1 + Math.exp(-3)), face.score(), 1e-6);
    }
    float infinity = Float.POSITIVE_INFINITY;
    try (FaceDetector detector = detector(infinity, 3)) {
      assertThrows(FerException.class, () -> detector.detect(WHITE.frame()));
    }
    try (FaceDetector detector = detector(2, Float.NaN)) {
      assertThrows(FerException.class, () -> detector.detect(WHITE.frame()));
    }
  }
}
