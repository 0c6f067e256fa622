package org.fer4j.training.augmentation;

import static org.fer4j.training.augmentation.GreySquare.signed;

import java.util.random.RandomGenerator;
import org.fer4j.training.internal.Ranges;

/**
 * Where a face lies in the image. Each amount is the largest; the actual one is drawn evenly up to
 * it in both directions.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param flip whether half of the images are mirrored
 * @param rotationDegrees rotation about the centre, 0 to 180
 * @param scale relative change of size, 0 to 0.9
 * @param stretch relative change of width against height, 0 to 0.9
 * @param shift along each axis as a share of the side, 0 to 0.9
 */
public record Geometry(
    boolean flip, double rotationDegrees, double scale, double stretch, double shift) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Geometry {
    Ranges.require("rotationDegrees", rotationDegrees, 0, 180);
    Ranges.require("scale", scale, 0, 0.9);
    Ranges.require("stretch", stretch, 0, 0.9);
    Ranges.require("shift", shift, 0, 0.9);
  }

  /** Returns one that changes nothing. */
  public static Geometry none() {
    return new Geometry(false, 0, 0, 0, 0);
  }

  /**
   * Bicubic, so that a small image loses little of its sharpness; beyond its edge the image goes on
   * with its last pixels.
   */
  GreySquare apply(byte[] pixels, int size, RandomGenerator random) {
    double angle = Math.toRadians(signed(random, rotationDegrees));
    double zoom = 1 + signed(random, scale);
    double widen = Math.sqrt(1 + signed(random, stretch));
    double shiftX = signed(random, shift) * size;
    double shiftY = signed(random, shift) * size;
    double mirror = flip && random.nextBoolean() ? -1 : 1;
    double cos = Math.cos(angle) / zoom;
    double sin = Math.sin(angle) / zoom;
    double centre = (size - 1) / 2.0;
    GreySquare to = new GreySquare(size, new float[size * size]);
    float[] across = new float[4];
    float[] down = new float[4];
    for (int y = 0; y < size; y++) {
      double dy = y - centre - shiftY;
      for (int x = 0; x < size; x++) {
        double dx = x - centre - shiftX;
        double sx = mirror * (cos * dx + sin * dy) / widen + centre;
        double sy = (cos * dy - sin * dx) * widen + centre;
        int left = (int) Math.floor(sx);
        int top = (int) Math.floor(sy);
        weigh((float) (sx - left), across);
        weigh((float) (sy - top), down);
        to.set(y * size + x, sample(pixels, size, left - 1, top - 1, across, down));
      }
    }
    return to;
  }

  /** Catmull and Rom's cubic: the weights of the pixels at -1, 0, 1 and 2. */
  private static void weigh(float t, float[] weights) {
    weights[0] = 0.5f * t * (-1 + t * (2 - t));
    weights[1] = 0.5f * (2 + t * t * (3 * t - 5));
    weights[2] = 0.5f * t * (1 + t * (4 - 3 * t));
    weights[3] = 0.5f * t * t * (t - 1);
  }

  private static float sample(
      byte[] pixels, int size, int left, int top, float[] across, float[] down) {
    float sum = 0;
    for (int j = 0; j < 4; j++) {
      int row = size * Math.max(0, Math.min(size - 1, top + j));
      float line = 0;
      for (int i = 0; i < 4; i++) {
        int x = Math.max(0, Math.min(size - 1, left + i));
        line += across[i] * (pixels[row + x] & 0xff);
      }
      sum += down[j] * line;
    }
    return sum;
  }
}
