package org.fer4j.benchmarks;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.fer4j.Frame;

/** Frames with one smiling face, made of the sample portrait. */
final class Portrait {

  /** A part of the portrait with the ratio 4 : 3 whose middle is the face. */
  private static final int LEFT = 96;

  private static final int TOP = 24;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 192;

  private Portrait() {}

  /** Returns a BGR frame in which the face is three eighths as wide as the frame. */
  static Frame frame(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.drawImage(
          portrait(), 0, 0, width, height, LEFT, TOP, LEFT + WIDTH, TOP + HEIGHT, null);
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
