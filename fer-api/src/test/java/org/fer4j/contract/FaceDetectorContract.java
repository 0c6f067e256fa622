package org.fer4j.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fer4j.BoundingBox;
import org.fer4j.DetectorOptions;
import org.fer4j.Device;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.NetworkDescription;
import org.fer4j.PixelFormat;
import org.fer4j.Point;
import org.fer4j.RuntimeOptions;
import org.fer4j.contract.Picture.Memory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link FaceDetector} has to do. Tolerances are shares of the face's size, the mean of
 * the width and height of its box.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FaceDetectorContract {

  /** Planar formats have half of the colour. */
  private static final double PLANAR_TOLERANCE = 0.03;

  /** Turned pictures are sampled at other places: detectors for live frames take few samples. */
  private static final double TURNED_TOLERANCE = 0.06;

  /** Detectors differ in what they call a face: with the forehead or without. */
  private static final double LEAST_PORTRAIT_OVERLAP = 0.6;

  /** Detectors differ in where exactly they put a point, above all the ears under the hair. */
  private static final double KEYPOINT_TOLERANCE = 0.1;

  private static final double EAR_TOLERANCE = 0.15;

  private static final Picture PORTRAIT = Picture.portrait();
  private static final Picture HEAD = PORTRAIT.part(120, 20, 220, 220);

  /** Mean of what MediaPipe's two detectors find in the portrait, to a pixel. */
  private static final BoundingBox PORTRAIT_BOX = new BoundingBox(176, 77, 100, 100);

  private static final Map<String, Point> PORTRAIT_KEYPOINTS =
      Map.of(
          "right_eye", new Point(204, 104),
          "left_eye", new Point(247, 108),
          "nose_tip", new Point(222, 129),
          "mouth", new Point(221, 149),
          "right_ear", new Point(180, 112),
          "left_ear", new Point(272, 120));

  private FaceDetector detector;

  /** Opens the detector under test. */
  protected abstract FaceDetector open(DetectorOptions options);

  @BeforeAll
  void openDetector() {
    detector = open(DetectorOptions.defaults());
  }

  @AfterAll
  void closeDetector() {
    detector.close();
  }

  @AfterEach
  void detectorStaysUsable() {
    assertEquals(1, detector.detect(HEAD.frame(PixelFormat.RGB)).size());
  }

  @Test
  void findsThePortrait() {
    List<Face> faces = detector.detect(PORTRAIT.frame(PixelFormat.RGB));
    assertEquals(1, faces.size());
    Face face = faces.get(0);
    assertTrue(
        face.box().intersectionOverUnion(PORTRAIT_BOX) >= LEAST_PORTRAIT_OVERLAP, face::toString);
    assertTrue(face.score() >= 0.5, face::toString);
    for (String name : face.keypoints().layout().names()) {
      Point expected = PORTRAIT_KEYPOINTS.get(name);
      if (expected != null) {
        double tolerance = name.endsWith("_ear") ? EAR_TOLERANCE : KEYPOINT_TOLERANCE;
        Point found = face.keypoints().point(name).orElseThrow();
        assertNear(expected, found, size(PORTRAIT_BOX), tolerance, name);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1, 700",
    "700, 1",
    "2, 3",
    "64, 48",
    "640, 480",
    "480, 640",
    "1500, 40",
    "800, 800"
  })
  void plainGreyHasNoFace(int width, int height) {
    Picture grey = Picture.filled(width, height, 0x808080);
    for (PixelFormat format : List.of(PixelFormat.GRAY8, PixelFormat.BGRA, PixelFormat.I420)) {
      assertEquals(List.of(), detector.detect(grey.frame(format)), format::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x000000, 0xffffff})
  void blackAndWhiteHaveNoFace(int color) {
    assertEquals(
        List.of(), detector.detect(Picture.filled(320, 240, color).frame(PixelFormat.BGR)));
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void everyFormatGivesTheSameFaces(PixelFormat format) {
    boolean gray = format == PixelFormat.GRAY8;
    Picture picture = gray ? PORTRAIT.gray() : PORTRAIT;
    Face expected = only(detector.detect(picture.frame(PixelFormat.RGB)));
    Face found = only(detector.detect(picture.frame(format)));
    double tolerance = format.isPlanar() ? PLANAR_TOLERANCE : 1e-3;
    assertSameFace(expected, found, tolerance);
  }

  static Stream<Arguments> formatsAndMemories() {
    return Stream.of(PixelFormat.values())
        .flatMap(format -> Stream.of(Memory.values()).map(memory -> Arguments.of(format, memory)));
  }

  /** Bytes that are no pixels are never looked at. */
  @ParameterizedTest
  @MethodSource("formatsAndMemories")
  void placeInMemoryDoesNotMatter(PixelFormat format, Memory memory) {
    List<Face> expected = detector.detect(HEAD.frame(format));
    assertEquals(1, expected.size());
    assertEquals(expected, detector.detect(HEAD.frame(format, memory, 0)));
    assertEquals(expected, detector.detect(HEAD.frame(format, memory, 6)));
  }

  /** Everything else counts from the corner of the view, and nothing around it is seen. */
  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void viewsAreFramesOfTheirOwn(PixelFormat format) {
    Frame larger = Picture.noise(400, 300, 1).with(HEAD, 98, 46).frame(format);
    List<Face> expected = detector.detect(HEAD.frame(format));
    assertEquals(1, expected.size());
    assertEquals(expected, detector.detect(larger.view(98, 46, 220, 220)));
    assertEquals(expected, detector.detect(larger.view(48, 46, 300, 240).view(50, 0, 220, 220)));
  }

  @ParameterizedTest
  @CsvSource({"90, 512, 512", "180, 512, 512", "270, 512, 512", "90, 512, 340", "270, 512, 340"})
  void turnedFramesGiveTheirFaceWhereItIs(int rotation, int width, int height) {
    Picture picture = PORTRAIT.part(0, 0, width, height);
    Face upright = only(detector.detect(picture.frame(PixelFormat.RGB)));
    // A further turn by the rotation makes the stored picture upright again.
    Picture stored = picture.turnedClockwise(360 - rotation);
    Face found = only(detector.detect(stored.frame(PixelFormat.RGB).withRotationDegrees(rotation)));
    BoundingBox box = found.box();
    Point corner = upright(new Point(box.x(), box.y()), rotation, width, height);
    Point opposite = upright(new Point(box.right(), box.bottom()), rotation, width, height);
    BoundingBox turned =
        new BoundingBox(
            Math.min(corner.x(), opposite.x()),
            Math.min(corner.y(), opposite.y()),
            Math.abs(corner.x() - opposite.x()),
            Math.abs(corner.y() - opposite.y()));
    double tolerance = TURNED_TOLERANCE;
    assertSameBox(upright.box(), turned, tolerance);
    assertEquals(upright.score(), found.score(), 0.05);
    for (String name : upright.keypoints().layout().names()) {
      Point expected = upright.keypoints().point(name).orElseThrow();
      Point point = upright(found.keypoints().point(name).orElseThrow(), rotation, width, height);
      assertNear(expected, point, size(upright.box()), tolerance, name);
    }
  }

  /** Turns a point of the stored pixels clockwise, as the rotation says. */
  private static Point upright(Point stored, int rotation, int width, int height) {
    return switch (rotation) {
      case 90 -> new Point(width - stored.y(), stored.x());
      case 180 -> new Point(width - stored.x(), height - stored.y());
      case 270 -> new Point(stored.y(), height - stored.x());
      default -> stored;
    };
  }

  @Test
  void bestFacesComeFirst() {
    Picture three =
        Picture.filled(440, 440, 0x808080)
            .with(HEAD, 0, 0)
            .with(HEAD.gray(), 220, 0)
            .with(HEAD, 110, 220);
    try (FaceDetector sensitive = open(DetectorOptions.defaults().withScoreThreshold(0.3))) {
      List<Face> faces = sensitive.detect(three.frame(PixelFormat.RGB));
      assertTrue(faces.size() >= 2, faces::toString);
      for (int i = 1; i < faces.size(); i++) {
        assertTrue(faces.get(i - 1).score() >= faces.get(i).score(), faces::toString);
      }
    }
  }

  @Test
  void facesBelowTheThresholdAreNotReported() {
    Frame frame = PORTRAIT.frame(PixelFormat.RGB);
    float score = only(detector.detect(frame)).score();
    try (FaceDetector strict =
        open(DetectorOptions.defaults().withScoreThreshold(Math.min(1, score + 0.02)))) {
      assertEquals(List.of(), strict.detect(frame));
    }
    try (FaceDetector strictEnough =
        open(DetectorOptions.defaults().withScoreThreshold(score - 0.02))) {
      assertEquals(1, strictEnough.detect(frame).size());
    }
  }

  /** Memory that is kept from frame to frame does not show. */
  @Test
  void framesDoNotInfluenceOneAnother() {
    Frame portrait = PORTRAIT.frame(PixelFormat.RGB);
    List<Face> expected = detector.detect(portrait);
    detector.detect(Picture.noise(333, 77, 1).frame(PixelFormat.I420));
    detector.detect(Picture.noise(1, 1, 2).frame(PixelFormat.GRAY8));
    detector.detect(PORTRAIT.turnedClockwise(180).frame(PixelFormat.BGR));
    assertEquals(expected, detector.detect(portrait));
  }

  @Test
  void eachWorkerHasADetectorOfItsOwn() throws Exception {
    Frame portrait = HEAD.frame(PixelFormat.RGB);
    List<Face> expected = detector.detect(portrait);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<Face>>> results =
          Stream.of(1, 2).map(i -> workers.submit(() -> detectOften(portrait))).toList();
      for (Future<List<Face>> result : results) {
        assertEquals(expected, result.get(60, TimeUnit.SECONDS));
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private List<Face> detectOften(Frame frame) {
    try (FaceDetector own = open(DetectorOptions.defaults())) {
      List<Face> faces = own.detect(frame);
      for (int i = 0; i < 5; i++) {
        assertEquals(faces, own.detect(frame));
      }
      return faces;
    }
  }

  @Test
  void closedDetectorsSaySo() {
    FaceDetector closed = open(DetectorOptions.defaults());
    closed.close();
    closed.close();
    Frame frame = PORTRAIT.frame(PixelFormat.RGB);
    assertThrows(IllegalStateException.class, () -> closed.detect(frame));
    closed.close();
  }

  private static Face only(List<Face> faces) {
    assertEquals(1, faces.size(), faces::toString);
    return faces.get(0);
  }

  private static double size(BoundingBox box) {
    return (box.width() + box.height()) / 2;
  }

  private static void assertSameFace(Face expected, Face found, double tolerance) {
    assertSameBox(expected.box(), found.box(), tolerance);
    assertEquals(expected.score(), found.score(), tolerance);
    assertEquals(expected.keypoints().layout(), found.keypoints().layout());
    for (String name : expected.keypoints().layout().names()) {
      assertNear(
          expected.keypoints().point(name).orElseThrow(),
          found.keypoints().point(name).orElseThrow(),
          size(expected.box()),
          tolerance,
          name);
    }
  }

  private static void assertSameBox(BoundingBox expected, BoundingBox found, double tolerance) {
    double size = size(expected);
    assertNear(
        new Point(expected.x(), expected.y()),
        new Point(found.x(), found.y()),
        size,
        tolerance,
        "top left of " + found);
    assertNear(
        new Point(expected.right(), expected.bottom()),
        new Point(found.right(), found.bottom()),
        size,
        tolerance,
        "bottom right of " + found);
  }

  private static void assertNear(
      Point expected, Point found, double size, double tolerance, String what) {
    double distance =
        Math.hypot((double) expected.x() - found.x(), (double) expected.y() - found.y()) / size;
    assertTrue(
        distance <= tolerance,
        () -> "%s: expected %s, found %s, off by %.4f".formatted(what, expected, found, distance));
  }

  /** Never another device instead, without a word. */
  @ParameterizedTest
  @EnumSource(Device.class)
  void aDeviceIsUsedOrRefused(Device device) {
    RuntimeOptions runtime = RuntimeOptions.defaults().withDevice(device);
    try (FaceDetector opened = open(DetectorOptions.defaults().withRuntime(runtime))) {
      for (NetworkDescription network : opened.describe().networks()) {
        Device used = network.runtime().device();
        if (device == Device.AUTO) {
          assertTrue(used != Device.CPU || network.runtime().remark().isPresent());
        } else {
          assertEquals(device, used);
        }
      }
    } catch (FerException e) {
      assertTrue(device != Device.CPU && device != Device.AUTO, device + ": " + e);
      assertTrue(String.valueOf(e.getMessage()).contains(device.toString()), e.toString());
    }
  }
}
