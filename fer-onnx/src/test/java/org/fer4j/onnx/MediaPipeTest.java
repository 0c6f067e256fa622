package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.Point;
import org.fer4j.RotatedSquare;
import org.fer4j.contract.Picture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bundled detectors against MediaPipe itself, which runs the same weights. MediaPipe reduces a
 * picture by interpolating between four pixels and leaving out the others; fer4j takes means.
 */
class MediaPipeTest {

  /** Distance of corners and keypoints in sizes of the face, and of scores. */
  private record Tolerance(double distance, double score) {}

  /**
   * What the reduction of the picture changes; most in small faces, and less than 0.04 in the mean.
   */
  private static final Tolerance WHOLE_WAY = new Tolerance(0.12, 0.1);

  /** What is left when the picture is reduced in the same way: MediaPipe counts in 32nds. */
  private static final Tolerance SAME_PIXELS = new Tolerance(0.003, 0.003);

  /** A face that is seen this closely above the threshold may lie below it for the other. */
  private static final double DOUBT = 0.05;

  private static final Picture PORTRAIT = Picture.portrait();

  private static Picture scene(String name) {
    return switch (name) {
      case "astronaut" -> PORTRAIT;
      case "canvas" -> grey(1024, 768).with(PORTRAIT.halved(), 600, 300);
      case "canvas-small" -> grey(480, 360).with(PORTRAIT.halved(), 180, 70);
      case "canvas-full-size" -> grey(1024, 768).with(PORTRAIT, 400, 180);
      case "canvas-wide" -> grey(640, 512).with(PORTRAIT, 100, 0);
      case "canvas-tall" -> grey(512, 768).with(PORTRAIT, 0, 200);
      default -> throw new AssertionError("unknown scene " + name);
    };
  }

  private static Picture grey(int width, int height) {
    return Picture.filled(width, height, 0x808080);
  }

  static Stream<Arguments> results() {
    return Golden.list(Golden.document("mediapipe-reference.json").get("results")).stream()
        .map(Golden::object)
        // Its weights are others, and they are not bundled.
        .filter(result -> !"blazeface-full-sparse".equals(result.get("model")))
        .map(
            result ->
                Arguments.of(
                    result.get("model"),
                    result.get("image"),
                    result.get("scoreThreshold"),
                    result.get("faces")));
  }

  /** The whole way of a frame. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("results")
  void facesInWholePictures(String model, String image, double threshold, List<?> expected) {
    Frame frame = scene(image).frame(PixelFormat.RGB);
    List<Face> faces = detect(model, threshold + DOUBT, frame);
    assertFaces(expected, faces, new RotatedSquare(0.5f, 0.5f, 1, 0), WHOLE_WAY);
  }

  /** Only what comes behind the reduction of the picture: network, anchors and suppression. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("results")
  void facesInReducedPictures(String model, String image, double threshold, List<?> expected) {
    Picture picture = scene(image);
    int size = model.equals("blazeface-short") ? 128 : 192;
    Frame reduced = letterbox(picture, size).frame(PixelFormat.RGB);
    RotatedSquare around = RotatedSquare.around(picture.frame(PixelFormat.RGB));
    // Brings a pixel of the reduced picture to where it is in the whole one.
    RotatedSquare pixel =
        new RotatedSquare(
            around.centerX() - around.size() / 2 + around.size() / size / 2,
            around.centerY() - around.size() / 2 + around.size() / size / 2,
            around.size() / size,
            0);
    assertFaces(expected, detect(model, threshold, reduced), pixel, SAME_PIXELS);
  }

  private static List<Face> detect(String model, double threshold, Frame frame) {
    try (FaceDetector detector =
        new OnnxBackend()
            .openDetector(model, DetectorOptions.defaults().withScoreThreshold(threshold))) {
      return detector.detect(frame);
    }
  }

  /**
   * Reduces a picture as MediaPipe's ImageToTensorCalculator does it with OpenCV: a sample for each
   * pixel's top left corner, not its centre, between four pixels, black outside.
   */
  private static Picture letterbox(Picture picture, int size) {
    BufferedImage reduced = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    double longest = Math.max(picture.width(), picture.height());
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double x = column * longest / size - (longest - picture.width()) / 2;
        double y = row * longest / size - (longest - picture.height()) / 2;
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          rgb = (rgb << 8) | (int) Math.rint(interpolated(picture, x, y, c));
        }
        reduced.setRGB(column, row, rgb);
      }
    }
    return Picture.of(reduced);
  }

  private static double interpolated(Picture picture, double x, double y, int component) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double right = x - left;
    double below = y - top;
    return (1 - right) * (1 - below) * component(picture, left, top, component)
        + right * (1 - below) * component(picture, left + 1, top, component)
        + (1 - right) * below * component(picture, left, top + 1, component)
        + right * below * component(picture, left + 1, top + 1, component);
  }

  private static int component(Picture picture, int x, int y, int component) {
    boolean inside = x >= 0 && y >= 0 && x < picture.width() && y < picture.height();
    return inside ? picture.component(x, y, component) : 0;
  }

  private static void assertFaces(
      List<?> expected, List<Face> found, RotatedSquare pixel, Tolerance tolerance) {
    assertEquals(expected.size(), found.size(), found::toString);
    for (int i = 0; i < found.size(); i++) {
      assertFace(Golden.object(expected.get(i)), found.get(i), pixel, tolerance);
    }
  }

  private static void assertFace(
      Map<String, Object> expected, Face found, RotatedSquare pixel, Tolerance tolerance) {
    Map<String, Object> box = Golden.object(expected.get("box"));
    double left = Golden.number(box.get("x"));
    double top = Golden.number(box.get("y"));
    double width = Golden.number(box.get("width"));
    double height = Golden.number(box.get("height"));
    double size = (width + height) / 2;
    Point corner = pixel.toFrame(found.box().x(), found.box().y());
    Point opposite = pixel.toFrame(found.box().right(), found.box().bottom());
    assertNear(left, top, corner, size, tolerance, "top left");
    assertNear(left + width, top + height, opposite, size, tolerance, "bottom right");
    assertEquals(Golden.number(expected.get("score")), found.score(), tolerance.score());
    Map<String, Object> keypoints = Golden.object(expected.get("keypoints"));
    assertEquals(keypoints.keySet(), Set.copyOf(found.keypoints().layout().names()));
    for (String name : keypoints.keySet()) {
      List<?> point = Golden.list(keypoints.get(name));
      Point there = found.keypoints().point(name).orElseThrow();
      assertNear(
          Golden.number(point.get(0)),
          Golden.number(point.get(1)),
          pixel.toFrame(there.x(), there.y()),
          size,
          tolerance,
          name);
    }
  }

  private static void assertNear(
      double x, double y, Point found, double size, Tolerance tolerance, String what) {
    double distance = Math.hypot(found.x() - x, found.y() - y) / size;
    assertTrue(
        distance <= tolerance.distance(),
        () ->
            "%s: expected (%s, %s), found %s, off by %.4f".formatted(what, x, y, found, distance));
  }
}
