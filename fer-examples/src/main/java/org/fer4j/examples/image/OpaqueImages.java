package org.fer4j.examples.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** Turns what decoders give into eight bits a channel, grey or BGR, without transparency. */
final class OpaqueImages {

  private static final int WHITE = 255;

  private OpaqueImages() {}

  /**
   * Returns a picture of {@code TYPE_BYTE_GRAY} or {@code TYPE_3BYTE_BGR} whose rows follow each
   * other without gaps; what shows through is white.
   */
  static BufferedImage of(BufferedImage image) {
    if (isPlain(image)) {
      return image;
    }
    ColorModel colors = image.getColorModel();
    if (colors instanceof ComponentColorModel
        && colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      return gray(image);
    }
    BufferedImage opaque =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = opaque.createGraphics();
    try {
      graphics.drawImage(image, 0, 0, Color.WHITE, null);
    } finally {
      graphics.dispose();
    }
    return opaque;
  }

  private static boolean isPlain(BufferedImage image) {
    int bands = image.getType() == BufferedImage.TYPE_BYTE_GRAY ? 1 : 3;
    return (bands == 1 || image.getType() == BufferedImage.TYPE_3BYTE_BGR)
        && ((DataBufferByte) image.getRaster().getDataBuffer()).getData().length
            == image.getWidth() * image.getHeight() * bands;
  }

  /**
   * Scales the samples as they are: Java takes grey for linear light and would brighten it when it
   * draws it.
   */
  private static BufferedImage gray(BufferedImage image) {
    int width = image.getWidth();
    BufferedImage opaque =
        new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] to = ((DataBufferByte) opaque.getRaster().getDataBuffer()).getData();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int max = (1 << image.getColorModel().getComponentSize(0)) - 1;
    int[] row = new int[width * bands];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        float value = row[x * bands] * (float) WHITE / max;
        if (bands > 1) {
          float alpha = (float) row[x * bands + 1] / max;
          value = value * alpha + WHITE * (1 - alpha);
        }
        to[y * width + x] = (byte) Math.round(value);
      }
    }
    return opaque;
  }
}
