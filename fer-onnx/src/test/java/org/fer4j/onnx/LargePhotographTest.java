package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.Point;
import org.fer4j.spi.Backend;
import org.junit.jupiter.api.Test;

/**
 * Faces from 24 pixels in a photograph of 12 megapixels to those that fill the picture: what the
 * README promises of the detector for photographs.
 */
class LargePhotographTest {

  /** The width of the face in the sample portrait, and its middle. */
  private static final int FACE = 101;

  private static final Point MIDDLE = new Point(223, 123);
  private static final int[] FACES = {24, 28, 36, 48, 64, 96, 140, 200, 300};

  /** Measured, not wished for: the space suit of one of the copies passes, with a score of 0.52. */
  private static final int MOST_FALSE_FACES = 1;

  @Test
  void facesOfAllSizesAreFound() throws IOException {
    BufferedImage portrait = portrait();
    BufferedImage photograph = new BufferedImage(4000, 3000, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = photograph.createGraphics();
    graphics.setPaint(
        new GradientPaint(0, 0, new Color(90, 110, 140), 4000, 3000, new Color(180, 160, 120)));
    graphics.fillRect(0, 0, 4000, 3000);
    List<Point> middles = new ArrayList<>();
    int x = 40;
    int y = 60;
    int rowHeight = 0;
    for (int face : FACES) {
      int size = Math.round(face * (float) portrait.getWidth() / FACE);
      if (x + size > 3960) {
        x = 40;
        y += rowHeight + 30;
        rowHeight = 0;
      }
      graphics.drawImage(
          portrait.getScaledInstance(size, size, Image.SCALE_AREA_AVERAGING), x, y, null);
      float scale = (float) size / portrait.getWidth();
      middles.add(new Point(x + MIDDLE.x() * scale, y + MIDDLE.y() * scale));
      x += size + 37;
      rowHeight = Math.max(rowHeight, size);
    }
    graphics.dispose();
    assertTrue(y + rowHeight <= 3000, "all portraits are in the picture");

    List<Face> found = detect(photograph);
    for (int i = 0; i < FACES.length; i++) {
      Point middle = middles.get(i);
      int face = FACES[i];
      assertTrue(
          found.stream()
              .anyMatch(
                  f ->
                      Math.hypot(f.box().centerX() - middle.x(), f.box().centerY() - middle.y())
                              < 0.25 * face
                          && Math.abs(f.box().width() - face) < 0.25 * face),
          "the face of %d pixels among %s".formatted(face, found));
    }
    int others = found.size() - FACES.length;
    assertTrue(others <= MOST_FALSE_FACES, others + " false faces among " + found);
  }

  @Test
  void aFaceThatFillsThePictureIsFound() throws IOException {
    BufferedImage close = portrait().getSubimage(172, 72, 102, 102);
    BufferedImage large = new BufferedImage(1000, 1000, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = large.createGraphics();
    graphics.drawImage(close, 0, 0, 1000, 1000, null);
    graphics.dispose();
    assertEquals(1, detect(large).size());
  }

  private static BufferedImage portrait() throws IOException {
    return ImageIO.read(Path.of("..", "samples", "astronaut.jpg").toFile());
  }

  private static List<Face> detect(BufferedImage picture) {
    try (FaceDetector detector =
        new OnnxBackend().openDetector(Backend.PHOTO_DETECTOR, DetectorOptions.defaults())) {
      return detector.detect(Frame.of(picture));
    }
  }
}
