package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.fer4j.BoundingBox;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.FaceMesh;
import org.fer4j.Frame;
import org.fer4j.LandmarkDetector;
import org.fer4j.LandmarkLayout;
import org.fer4j.LandmarkOptions;
import org.fer4j.Landmarks;
import org.fer4j.PixelFormat;
import org.fer4j.Point;
import org.fer4j.RotatedSquare;
import org.fer4j.contract.LandmarkDetectorContract;
import org.fer4j.contract.Picture;
import org.fer4j.landmarks.FaceOpenness;
import org.fer4j.landmarks.HeadPose;
import org.fer4j.spi.Backend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundled landmark network against the TFLite runtime, and on turned, scaled, moved faces. */
class FaceMeshNetworkTest extends LandmarkDetectorContract {

  private static final int SIZE = 192;

  /** The network's crop is so many boxes wide, as its manifest says. */
  private static final float CROP_SCALE = 1.5f;

  /** Pixels of the input. */
  private static final double SAME_PIXELS = 0.02;

  private static final LandmarkDetector DETECTOR =
      new OnnxBackend().openLandmarkDetector(Backend.LANDMARKS, LandmarkOptions.defaults());

  @Override
  protected LandmarkDetector open(LandmarkOptions options) {
    return new OnnxBackend().openLandmarkDetector(Backend.LANDMARKS, options);
  }

  @AfterAll
  static void close() {
    DETECTOR.close();
  }

  static Stream<Arguments> cases() {
    return Golden.list(Golden.document("face-mesh.json").get("cases")).stream()
        .map(Golden::object)
        .map(item -> Arguments.of(item.get("name"), item));
  }

  /** Images of exactly the network's size. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void pointsAreThoseOfTheTfliteRuntime(String name, Map<String, Object> golden)
      throws IOException {
    Frame frame =
        Frame.of(
            ImageIO.read(
                new ByteArrayInputStream(Golden.bytes(String.valueOf(golden.get("image"))))));
    Face face = faceIn(new RotatedSquare(SIZE / 2f, SIZE / 2f, SIZE, 0));
    Optional<FaceMesh> found = DETECTOR.detect(frame, List.of(face)).get(0);
    double logit = Golden.number(golden.get("presenceLogit"));
    assertEquals(logit > 0, found.isPresent());
    if (found.isPresent()) {
      FaceMesh mesh = found.get();
      float[] expected = Golden.floats(String.valueOf(golden.get("points")));
      for (int i = 0; i < FaceMesh.SIZE; i++) {
        assertEquals(expected[3 * i], mesh.x(i), SAME_PIXELS, name + " x of " + i);
        assertEquals(expected[3 * i + 1], mesh.y(i), SAME_PIXELS, name + " y of " + i);
        assertEquals(expected[3 * i + 2], mesh.z(i), SAME_PIXELS, name + " z of " + i);
      }
    }
  }

  /** The whole way from the photograph: cutting the face out is our own work here. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void pointsInThePhotograph(String name, Map<String, Object> golden) {
    if (!golden.containsKey("square")) {
      return;
    }
    List<?> numbers = Golden.list(golden.get("square"));
    RotatedSquare square =
        new RotatedSquare(
            (float) Golden.number(numbers.get(0)),
            (float) Golden.number(numbers.get(1)),
            (float) Golden.number(numbers.get(2)),
            (float) Golden.number(numbers.get(3)));
    Frame frame = Picture.portrait().frame(PixelFormat.RGB);
    FaceMesh mesh = DETECTOR.detect(frame, List.of(faceIn(square))).get(0).orElseThrow();
    float[] expected = Golden.floats(String.valueOf(golden.get("points")));
    double worst = 0;
    for (int i = 0; i < FaceMesh.SIZE; i++) {
      Point found = square.fromFrame(mesh.x(i), mesh.y(i));
      double distance =
          Math.hypot(found.x() * SIZE - expected[3 * i], found.y() * SIZE - expected[3 * i + 1]);
      worst = Math.max(worst, distance);
    }
    assertTrue(worst < 1, name + " off by " + worst + " pixels of the input");
  }

  /** A face for which the network looks at a given square. */
  private static Face faceIn(RotatedSquare square) {
    float side = square.size() / CROP_SCALE;
    Point right = square.toFrame(0.4f, 0.4f);
    Point left = square.toFrame(0.6f, 0.4f);
    return new Face(
        new BoundingBox(square.centerX() - side / 2, square.centerY() - side / 2, side, side),
        1,
        Landmarks.of(
            new LandmarkLayout(List.of("right_eye", "left_eye")),
            right.x(),
            right.y(),
            left.x(),
            left.y()));
  }

  /** The portrait, placed anew, on grey. */
  private static BufferedImage placed(AffineTransform place, int width, int height) {
    BufferedImage portrait = portraitImage();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(portrait, place, null);
    graphics.dispose();
    return image;
  }

  private static BufferedImage portraitImage() {
    Picture portrait = Picture.portrait();
    BufferedImage image =
        new BufferedImage(portrait.width(), portrait.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < portrait.height(); y++) {
      for (int x = 0; x < portrait.width(); x++) {
        int rgb =
            portrait.component(x, y, 0) << 16
                | portrait.component(x, y, 1) << 8
                | portrait.component(x, y, 2);
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  private static FaceMesh detected(BufferedImage image) {
    Frame frame = Frame.of(image);
    try (FaceDetector faces =
        new OnnxBackend().openDetector(Backend.PHOTO_DETECTOR, DetectorOptions.defaults())) {
      List<Face> found = faces.detect(frame);
      assertEquals(1, found.size(), found::toString);
      return DETECTOR.detect(frame, found).get(0).orElseThrow();
    }
  }

  /** Detector and landmarks together: points go where the face goes, the roll follows. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 100, 40",
    "0, 0.5, 250, 300",
    "0, 1.7, 30, 10",
    "15, 1, 150, 100",
    "-15, 1, 150, 250",
    "30, 1, 350, 60",
    "-35, 0.8, 150, 380",
    "45, 1.2, 480, 80"
  })
  void pointsMoveWithTheFace(double degrees, double scale, double x, double y) {
    FaceMesh before = detected(portraitImage());
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.rotate(Math.toRadians(degrees));
    place.scale(scale, scale);
    FaceMesh after = detected(placed(place, 1000, 1000));
    double eyes = before.distance(33, 263) * scale;
    double sum = 0;
    double worst = 0;
    for (int i = 0; i < FaceMesh.SIZE; i++) {
      double[] point = {before.x(i), before.y(i)};
      place.transform(point, 0, point, 0, 1);
      double distance = Math.hypot(after.x(i) - point[0], after.y(i) - point[1]) / eyes;
      sum += distance / FaceMesh.SIZE;
      worst = Math.max(worst, distance);
    }
    assertTrue(sum < 0.02, "moved by " + sum + " distances of the eyes in the mean");
    assertTrue(worst < 0.06, "moved by " + worst + " distances of the eyes at most");
    HeadPose straight = HeadPose.of(before);
    HeadPose turned = HeadPose.of(after);
    assertEquals(straight.rollDegrees() + degrees, turned.rollDegrees(), 1.5);
    assertEquals(straight.yawDegrees(), turned.yawDegrees(), 2);
    assertEquals(straight.pitchDegrees(), turned.pitchDegrees(), 2);
  }

  /** In a mirror the head is turned and tilted the other way, and eyes change sides. */
  @Test
  void mirroredFace() {
    FaceMesh before = detected(portraitImage());
    FaceMesh after = detected(placed(new AffineTransform(-1, 0, 0, 1, 512, 0), 512, 512));
    HeadPose pose = HeadPose.of(before);
    HeadPose mirrored = HeadPose.of(after);
    assertEquals(-pose.yawDegrees(), mirrored.yawDegrees(), 2);
    assertEquals(pose.pitchDegrees(), mirrored.pitchDegrees(), 2);
    assertEquals(-pose.rollDegrees(), mirrored.rollDegrees(), 1.5);
    FaceOpenness openness = FaceOpenness.of(before);
    FaceOpenness other = FaceOpenness.of(after);
    assertEquals(openness.rightEye(), other.leftEye(), 0.03);
    assertEquals(openness.leftEye(), other.rightEye(), 0.03);
    assertEquals(openness.mouth(), other.mouth(), 0.03);
    // A smile that shows teeth, and open eyes.
    assertTrue(openness.mouth() > 0.1 && openness.mouth() < 0.4, openness::toString);
    assertTrue(openness.rightEye() > 0.15 && openness.leftEye() > 0.15, openness::toString);
  }
}
