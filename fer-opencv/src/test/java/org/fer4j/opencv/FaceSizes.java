package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.contract.Picture;

/** The sample portrait with its face at other sizes. */
final class FaceSizes {

  /** The width of the face in the sample portrait, and its middle. */
  private static final int FACE = 101;

  private static final int MIDDLE_X = 223;
  private static final int MIDDLE_Y = 123;

  private FaceSizes() {}

  /** Returns the portrait, scaled so that its face has a width in pixels. */
  static Picture portrait(int face) {
    return Picture.of(scaled(face));
  }

  private static BufferedImage scaled(int face) {
    try {
      BufferedImage portrait = ImageIO.read(Path.of("..", "samples", "astronaut.jpg").toFile());
      int size = Math.round((float) face * portrait.getWidth() / FACE);
      BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = image.createGraphics();
      graphics.drawImage(
          portrait.getScaledInstance(size, size, Image.SCALE_AREA_AVERAGING), 0, 0, null);
      graphics.dispose();
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks that the face is found in portraits of its own size, and closes the detector. */
  static void assertFound(FaceDetector detector, int... faces) {
    try (detector) {
      for (int face : faces) {
        assertFace(detector, scaled(face), face);
      }
    }
  }

  /** Checks that the face is found in the corner of a grey photograph, and closes the detector. */
  static void assertFoundIn(int width, int height, FaceDetector detector, int... faces) {
    try (detector) {
      for (int face : faces) {
        BufferedImage photograph = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = photograph.createGraphics();
        graphics.setColor(java.awt.Color.GRAY);
        graphics.fillRect(0, 0, width, height);
        graphics.drawImage(scaled(face), 0, 0, null);
        graphics.dispose();
        assertFace(detector, photograph, face);
      }
    }
  }

  private static void assertFace(FaceDetector detector, BufferedImage image, int face) {
    List<Face> found = detector.detect(Frame.of(image));
    double scale = (double) face / FACE;
    assertTrue(
        found.stream()
            .anyMatch(
                f ->
                    Math.hypot(
                                f.box().centerX() - MIDDLE_X * scale,
                                f.box().centerY() - MIDDLE_Y * scale)
                            < 0.25 * face
                        && Math.abs(f.box().width() - face) < 0.3 * face),
        () -> "the face of %d pixels among %s".formatted(face, found));
  }
}
