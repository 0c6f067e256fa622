package org.fer4j.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fer4j.BoundingBox;
import org.fer4j.Face;
import org.fer4j.FaceMesh;
import org.fer4j.Frame;
import org.fer4j.LandmarkDetector;
import org.fer4j.LandmarkLayout;
import org.fer4j.LandmarkOptions;
import org.fer4j.Landmarks;
import org.fer4j.PixelFormat;
import org.fer4j.contract.Picture.Memory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link LandmarkDetector} has to do. Tolerances are pixels of the portrait, whose face
 * is about 100 pixels wide.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LandmarkDetectorContract {

  private static final Picture PORTRAIT = Picture.portrait();
  private static final Frame FRAME = PORTRAIT.frame(PixelFormat.RGB);
  private static final Face FACE = face(172, 72, 102, 204, 102, 247, 103);

  /** Where there is no face: the sleeve. */
  private static final Face SLEEVE = face(60, 360, 80, 80, 380, 110, 380);

  private LandmarkDetector detector;

  /** Opens the detector under test. */
  protected abstract LandmarkDetector open(LandmarkOptions options);

  @BeforeAll
  void openDetector() {
    detector = open(LandmarkOptions.defaults());
  }

  @AfterAll
  void closeDetector() {
    detector.close();
  }

  private static Face face(float x, float y, float side, float... eyes) {
    return new Face(
        new BoundingBox(x, y, side, side),
        1,
        Landmarks.of(new LandmarkLayout(List.of("right_eye", "left_eye")), eyes));
  }

  private FaceMesh mesh(Frame frame, Face face) {
    return detector.detect(frame, List.of(face)).get(0).orElseThrow();
  }

  private static void assertNear(FaceMesh expected, FaceMesh found, double tolerance) {
    for (int i = 0; i < FaceMesh.SIZE; i++) {
      double distance = Math.hypot(expected.x(i) - found.x(i), expected.y(i) - found.y(i));
      int index = i;
      assertTrue(distance <= tolerance, () -> "point " + index + " is off by " + distance);
    }
  }

  /** Read off the picture with the eye, to two pixels: corners of eyes and lips, nose, chin. */
  @ParameterizedTest
  @CsvSource({
    "33, 194, 102",
    "133, 214, 105",
    "362, 237, 106",
    "263, 257, 104",
    "4, 223, 127",
    "61, 201, 139",
    "291, 246, 142",
    "152, 220, 176"
  })
  void pointsLieWhereTheyBelong(int index, double x, double y) {
    FaceMesh mesh = mesh(FRAME, FACE);
    assertEquals(x, mesh.x(index), 4);
    assertEquals(y, mesh.y(index), 4);
  }

  /** The nose is nearer to the camera than the eyes, and these than the ears. */
  @Test
  void depthPointsAwayFromTheCamera() {
    FaceMesh mesh = mesh(FRAME, FACE);
    assertTrue(mesh.z(4) < mesh.z(33) - 10, mesh.z(4) + " and " + mesh.z(33));
    assertTrue(mesh.z(33) < mesh.z(234) - 10, mesh.z(33) + " and " + mesh.z(234));
    assertTrue(mesh.presence() > 0.9, mesh::toString);
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void formatsAreAlike(PixelFormat format) {
    double tolerance = format.isPlanar() || format == PixelFormat.GRAY8 ? 2.5 : 0.01;
    assertNear(mesh(FRAME, FACE), mesh(PORTRAIT.frame(format), FACE), tolerance);
  }

  @ParameterizedTest
  @EnumSource(Memory.class)
  void memoryIsAlike(Memory memory) {
    Frame frame = PORTRAIT.frame(PixelFormat.BGRA, memory, 6);
    assertNear(mesh(FRAME, FACE), mesh(frame, FACE), 0.01);
  }

  /** A box without eyes in a frame that says how it is turned. */
  @ParameterizedTest
  @ValueSource(ints = {90, 180, 270})
  void turnedFrames(int degrees) {
    FaceMesh upright = mesh(FRAME, Face.of(FACE.box()));
    float[] coordinates = upright.toArray();
    BoundingBox box = FACE.box();
    for (int turned = 0; turned < degrees; turned += 90) {
      float left = PORTRAIT.height() - box.bottom();
      box = new BoundingBox(left, box.x(), /* width= */ box.height(), /* height= */ box.width());
      for (int i = 0; i < coordinates.length; i += 3) {
        float x = coordinates[i];
        coordinates[i] = PORTRAIT.height() - coordinates[i + 1];
        coordinates[i + 1] = x;
      }
    }
    Frame frame =
        PORTRAIT.turnedClockwise(degrees).frame(PixelFormat.RGB).withRotationDegrees(360 - degrees);
    assertNear(FaceMesh.of(1, coordinates), mesh(frame, Face.of(box)), 0.3);
  }

  /** Each face of a batch gets what it gets alone; where there is no face, there is nothing. */
  @Test
  void batches() {
    List<Face> faces = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      faces.add(face(170 + i % 4, 70 + i % 3, 100 + i, 204, 102, 247, 101 + i));
    }
    faces.add(4, SLEEVE);
    List<Optional<FaceMesh>> meshes = detector.detect(FRAME, faces);
    assertEquals(12, meshes.size());
    assertEquals(Optional.empty(), meshes.get(4));
    for (int i = 0; i < 12; i++) {
      if (i != 4) {
        assertNear(mesh(FRAME, faces.get(i)), meshes.get(i).orElseThrow(), 0.01);
      }
    }
    assertEquals(List.of(), detector.detect(FRAME, List.of()));
  }

  @Test
  void thresholdIsTheCallers() {
    try (LandmarkDetector all = open(LandmarkOptions.defaults().withPresenceThreshold(0))) {
      assertTrue(all.detect(FRAME, List.of(SLEEVE)).get(0).orElseThrow().presence() < 0.5);
    }
  }

  /** Half of the face, or all of it, lies beyond the frame. */
  @Test
  void facesBeyondTheFrame() {
    Frame cut = FRAME.view(0, 0, 224, 512);
    assertEquals(1, detector.detect(cut, List.of(FACE)).size());
    Face outside = Face.of(new BoundingBox(-300, -300, 80, 80));
    assertEquals(List.of(Optional.empty()), detector.detect(FRAME, List.of(outside)));
  }

  @Test
  void closingTwiceAndUseAfterwards() {
    LandmarkDetector other = open(LandmarkOptions.defaults().withMaxBatch(1));
    other.close();
    other.close();
    assertThrows(IllegalStateException.class, () -> other.detect(FRAME, List.of(FACE)));
  }
}
