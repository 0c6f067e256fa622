package org.fer4j.training;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * Grey pixels out of images, and their resizing.
 *
 * <p>Safe for use by many threads.
 */
final class GreyImages {

  private GreyImages() {}

  /** Returns the whole image as a square of grey values; the aspect ratio is not kept. */
  static byte[] square(BufferedImage image, int size) {
    float[] grey = grey(image);
    byte[] square = new byte[size * size];
    resize(grey, image.getWidth(), image.getHeight(), square, size);
    return square;
  }

  /** Returns grey values from 0 to 255, row by row. */
  private static float[] grey(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[] grey = new float[width * height];
    if (isPlainGrey(image)) {
      // getRGB would convert: Java takes grey images for linear light, their makers did not.
      Raster raster = image.getRaster();
      raster.getSamples(0, 0, width, height, 0, grey);
      return grey;
    }
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int rgb = row[x];
        // Luma of ITU-R BT.601, as OpenCV and Pillow convert.
        grey[y * width + x] =
            0.299f * (rgb >> 16 & 0xff) + 0.587f * (rgb >> 8 & 0xff) + 0.114f * (rgb & 0xff);
      }
    }
    return grey;
  }

  private static boolean isPlainGrey(BufferedImage image) {
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && image.getRaster().getTransferType() == DataBuffer.TYPE_BYTE
        && image.getRaster().getNumBands() == 1
        && image.getColorModel().getPixelSize() == Byte.SIZE;
  }

  /** Averages over the area of each target pixel when shrinking, interpolates when enlarging. */
  private static void resize(float[] from, int width, int height, byte[] to, int size) {
    float[][] columns = weights(width, size);
    float[][] rows = weights(height, size);
    float[] narrow = new float[height * size];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < size; x++) {
        float sum = 0;
        int first = (int) columns[x][0];
        for (int k = 1; k < columns[x].length; k++) {
          sum += columns[x][k] * from[y * width + first + k - 1];
        }
        narrow[y * size + x] = sum;
      }
    }
    for (int y = 0; y < size; y++) {
      int first = (int) rows[y][0];
      for (int x = 0; x < size; x++) {
        float sum = 0;
        for (int k = 1; k < rows[y].length; k++) {
          sum += rows[y][k] * narrow[(first + k - 1) * size + x];
        }
        to[y * size + x] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
      }
    }
  }

  /** For each target pixel: the first source pixel, then the weights from there on, sum 1. */
  private static float[][] weights(int source, int target) {
    double scale = (double) source / target;
    double radius = Math.max(1, scale);
    float[][] weights = new float[target][];
    for (int i = 0; i < target; i++) {
      double centre = (i + 0.5) * scale - 0.5;
      int first = Math.max(0, (int) Math.ceil(centre - radius));
      int last = Math.min(source - 1, (int) Math.floor(centre + radius));
      float[] row = new float[last - first + 2];
      row[0] = first;
      double sum = 0;
      for (int k = first; k <= last; k++) {
        sum += Math.max(0, 1 - Math.abs(k - centre) / radius);
      }
      for (int k = first; k <= last; k++) {
        row[1 + k - first] = (float) (Math.max(0, 1 - Math.abs(k - centre) / radius) / sum);
      }
      weights[i] = row;
    }
    return weights;
  }
}
