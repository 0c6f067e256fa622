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
import org.fer4j.BoundingBox;
import org.fer4j.Device;
import org.fer4j.Face;
import org.fer4j.FaceMesh;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.LandmarkDetector;
import org.fer4j.LandmarkLayout;
import org.fer4j.LandmarkOptions;
import org.fer4j.Landmarks;
import org.fer4j.PixelFormat;
import org.fer4j.RuntimeDescription;
import org.fer4j.contract.Picture;
import org.fer4j.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes into the network and what its output means; the network itself is a fake. */
class NetworkLandmarkDetectorTest {

  private static final int SIZE = 32;
  private static final LandmarkLayout EYES = new LandmarkLayout(List.of("right_eye", "left_eye"));

  private static final String MANIFEST =
      """
      {"name": "pointer", "version": "1", "task": "face-landmarks", "description": "Points.",
       "file": "model.onnx", "sha256": "%s", "license": "MIT", "source": "a test",
       "input": {"name": "x", "layout": "NHWC", "width": 32, "height": 32, "color": "RGB",
         "mean": [0, 0, 0], "std": [255, 255, 255], "border": "replicate"},
       "landmarks": {"points": "p", "presence": "s", "count": 468, "presenceThreshold": 0.5,
         "cropScale": 1.5}}
      """
          .formatted("0123456789abcdef".repeat(4));

  /** All points in the upper left of the input, but for the last, which is its middle. */
  private final class FakeSession implements InferenceSession {

    private final FloatBuffer input;
    private final FloatBuffer points;
    private final FloatBuffer presence;
    private final int maxBatch;

    FakeSession(int maxBatch) {
      this.maxBatch = maxBatch;
      this.input = FloatBuffer.allocate(maxBatch * SIZE * SIZE * 3);
      this.points = FloatBuffer.allocate(maxBatch * 3 * FaceMesh.SIZE);
      this.presence = FloatBuffer.allocate(maxBatch);
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
      batches.add(batch);
      for (int row = 0; row < batch; row++) {
        reds.add(input.get((row * SIZE * SIZE + SIZE / 2 * SIZE + SIZE / 2) * 3));
        int first = row * 3 * FaceMesh.SIZE;
        for (int i = 0; i < FaceMesh.SIZE; i++) {
          points.put(first + 3 * i, i == 467 ? 16 : 0).put(first + 3 * i + 1, i == 467 ? 16 : 8);
          points.put(first + 3 * i + 2, lastDepth);
        }
        presence.put(row, logits.isEmpty() ? 9 : logits.remove(0));
      }
    }

    @Override
    public FloatBuffer output(int index) {
      return index == 0 ? points : presence;
    }

    @Override
    public void close() {
      closes++;
    }
  }

  private final List<Integer> batches = new ArrayList<>();
  private final List<Float> reds = new ArrayList<>();
  private final List<Float> logits = new ArrayList<>();
  private float lastDepth = -4;
  private int closes;
  private final Model model;

  NetworkLandmarkDetectorTest(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("model.json"), MANIFEST);
    this.model = Model.ofDirectory(folder);
  }

  private LandmarkDetector open(LandmarkOptions options) {
    InferenceEngine engine =
        (opened, outputs, maxBatch, runtime) -> {
          assertEquals(
              List.of(new InferenceEngine.Output("p", 1404), new InferenceEngine.Output("s", 1)),
              outputs);
          return new FakeSession(maxBatch);
        };
    return NetworkLandmarkDetector.open(engine, model, options);
  }

  private static Frame frame() {
    return Picture.filled(400, 300, 0x336699).frame(PixelFormat.RGB);
  }

  private static Face face(float x, float y, float width, float height, float... eyes) {
    Landmarks keypoints = eyes.length == 0 ? Landmarks.none() : Landmarks.of(EYES, eyes);
    return new Face(new BoundingBox(x, y, width, height), 1, keypoints);
  }

  /** The longer side, 80, times 1.5 is a square of 120 around (140, 100). */
  @Test
  void pointsAreInPixelsOfTheFrame() {
    try (LandmarkDetector detector = open(LandmarkOptions.defaults())) {
      FaceMesh mesh = detector.detect(frame(), List.of(face(110, 60, 60, 80))).get(0).orElseThrow();
      assertEquals(1 / (1 + Math.exp(-9)), mesh.presence(), 1e-6);
      assertEquals(80, mesh.x(0), 1e-4);
      assertEquals(70, mesh.y(0), 1e-4);
      assertEquals(-15, mesh.z(0), 1e-4);
      assertEquals(140, mesh.x(467), 1e-4);
      assertEquals(100, mesh.y(467), 1e-4);
      assertEquals(0x33 / 255f, reds.get(0), 1e-6);
    }
  }

  /** Eyes one below the other: the face is turned by a quarter, clockwise. */
  @Test
  void turnedFacesAreLookedAtUpright() {
    try (LandmarkDetector detector = open(LandmarkOptions.defaults())) {
      Face turned = face(100, 60, 80, 80, 160, 80, 160, 120);
      FaceMesh mesh = detector.detect(frame(), List.of(turned)).get(0).orElseThrow();
      // From the middle, 60 to the left and 30 up in the crop: 60 up and 30 to the right in the
      // frame.
      assertEquals(140 + 30, mesh.x(0), 1e-3);
      assertEquals(100 - 60, mesh.y(0), 1e-3);
    }
  }

  /** Without eyes the frame's own rotation says what is upright. */
  @Test
  void framesMayBeTurned() {
    try (LandmarkDetector detector = open(LandmarkOptions.defaults())) {
      Frame turned = frame().withRotationDegrees(90);
      FaceMesh mesh = detector.detect(turned, List.of(face(100, 60, 80, 80))).get(0).orElseThrow();
      assertEquals(140 - 30, mesh.x(0), 1e-3);
      assertEquals(100 + 60, mesh.y(0), 1e-3);
    }
  }

  @Test
  void facesGoInBatches() {
    logits.addAll(List.of(1f, -1f, 2f, 0.5f, -0.01f));
    List<Face> faces = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      faces.add(face(40 * i, 20, 40, 40));
    }
    try (LandmarkDetector detector = open(LandmarkOptions.defaults().withMaxBatch(2))) {
      List<Optional<FaceMesh>> meshes = detector.detect(frame(), faces);
      assertEquals(List.of(2, 2, 1), batches);
      assertEquals(
          List.of(true, false, true, true, false),
          meshes.stream().map(Optional::isPresent).toList());
      assertEquals(40 * 3 + 20, meshes.get(3).orElseThrow().x(467), 1e-3);
      assertEquals(List.of(), detector.detect(frame(), List.of()));
      assertEquals(3, batches.size());
    }
  }

  @Test
  void callersMayBeStricter() {
    logits.add(1f);
    try (LandmarkDetector detector = open(LandmarkOptions.defaults().withPresenceThreshold(0.9))) {
      assertEquals(
          List.of(Optional.empty()), detector.detect(frame(), List.of(face(0, 0, 40, 40))));
    }
  }

  @Test
  void numbersThatAreNotFiniteAreAFailure() {
    List<Face> faces = List.of(face(0, 0, 40, 40));
    try (LandmarkDetector detector = open(LandmarkOptions.defaults())) {
      logits.add(Float.NaN);
      String message =
          assertThrows(FerException.class, () -> detector.detect(frame(), faces)).getMessage() + "";
      assertTrue(message.startsWith("expected finite numbers in output 's' of"), message);
      lastDepth = Float.POSITIVE_INFINITY;
      message =
          assertThrows(FerException.class, () -> detector.detect(frame(), faces)).getMessage() + "";
      assertTrue(message.startsWith("expected finite numbers in output 'p' of"), message);
      lastDepth = 0;
      assertEquals(1, detector.detect(frame(), faces).size());
    }
  }

  @Test
  void closedDetectorsRefuseToWork() {
    LandmarkDetector detector = open(LandmarkOptions.defaults());
    detector.close();
    detector.close();
    String message =
        assertThrows(IllegalStateException.class, () -> detector.detect(frame(), List.of()))
                .getMessage()
            + "";
    assertTrue(message.endsWith("is closed."), message);
    assertEquals(2, closes);
  }
}
