package org.fer4j.examples.drawing;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.fer4j.training.data.LabeledImage;

/**
 * Small copies of images inside a page.
 *
 * <p>Safe for use by many threads.
 */
public final class Thumbnail {

  private static final int LONGEST_SIDE = 96;

  private Thumbnail() {}

  /** Returns a PNG of at most 96 pixels a side; empty if the image can't be read. */
  public static Optional<String> dataUri(LabeledImage image) {
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(scaled(image.read()), "png", png);
      return Optional.of(
          "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static BufferedImage scaled(BufferedImage image) {
    double scale =
        Math.min(1, (double) LONGEST_SIDE / Math.max(image.getWidth(), image.getHeight()));
    if (scale == 1) {
      return image;
    }
    int width = (int) Math.max(1, Math.round(image.getWidth() * scale));
    int height = (int) Math.max(1, Math.round(image.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }
}
