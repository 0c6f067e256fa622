package org.fer4j.benchmarks;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.fer4j.Frame;

/** Frames with smiling faces, made of the sample portrait. */
final class Portrait {

  /** The middle of the face in the portrait. */
  private static final int CENTER_X = 224;

  private static final int CENTER_Y = 120;

  /** How much of the portrait is shown: twice as much as the face is high. */
  private static final int PART_HEIGHT = 192;

  private static final int MOST_IN_A_ROW = 4;

  private Portrait() {}

  /**
   * Returns a BGR frame with copies of the face in rows of at most four.
   *
   * @param size in pixels, for example "640x480"
   * @param faces 1, 2, or a multiple of 4
   */
  static Frame frame(String size, int faces) {
    int x = size.indexOf('x');
    return frame(
        Integer.parseInt(size.substring(0, x)), Integer.parseInt(size.substring(x + 1)), faces);
  }

  /** Returns a BGR frame in which the face is three eighths as wide as the frame. */
  static Frame frame(int width, int height) {
    return frame(width, height, 1);
  }

  private static Frame frame(int width, int height, int faces) {
    int columns = Math.min(faces, MOST_IN_A_ROW);
    int rows = faces / columns;
    int cellWidth = width / columns;
    int cellHeight = height / rows;
    int partWidth = PART_HEIGHT * cellWidth / cellHeight;
    BufferedImage part =
        portrait()
            .getSubimage(
                CENTER_X - partWidth / 2, CENTER_Y - PART_HEIGHT / 2, partWidth, PART_HEIGHT);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      for (int i = 0; i < faces; i++) {
        int x = i % columns * cellWidth;
        int y = i / columns * cellHeight;
        graphics.drawImage(part, x, y, cellWidth, cellHeight, null);
      }
    } finally {
      graphics.dispose();
    }
    return Frame.of(image);
  }

  private static BufferedImage portrait() {
    try (InputStream stream = Portrait.class.getResourceAsStream("samples/astronaut.jpg")) {
      if (stream == null) {
        throw new IllegalStateException("The sample portrait is missing in this build.");
      }
      return ImageIO.read(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
