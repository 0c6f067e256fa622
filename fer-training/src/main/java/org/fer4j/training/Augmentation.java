package org.fer4j.training;

import java.util.random.RandomGenerator;

/**
 * How training varies a grey image, so that the network learns what matters and not the place, the
 * size or the light of a face. Each amount is the largest; the actual one is drawn evenly up to it
 * in both directions.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param flip whether half of the images are mirrored
 * @param rotationDegrees rotation about the centre, 0 to 180
 * @param scale relative change of size, 0 to 0.9
 * @param stretch relative change of width against height, 0 to 0.9
 * @param shift along each axis as a share of the side, 0 to 0.9
 * @param brightness added, as a share of the full range of 255, 0 to 1
 * @param contrast relative change of the distance from the image's mean, 0 to 1
 * @param gamma largest exponent of the grey values and the inverse of the smallest, 1 to 4
 * @param eraseProbability how often a rectangle is blanked, 0 to 1
 * @param eraseArea largest share of the image that is blanked, 0 to 0.9
 */
public record Augmentation(
    boolean flip,
    double rotationDegrees,
    double scale,
    double stretch,
    double shift,
    double brightness,
    double contrast,
    double gamma,
    double eraseProbability,
    double eraseArea) {

  /** The smallest share of the image that is blanked. */
  private static final double ERASE_AREA_FROM = 0.02;

  /** The flattest blanked rectangle, height through width. */
  private static final double ERASE_ASPECT_FROM = 0.3;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Augmentation {
    Ranges.require("rotationDegrees", rotationDegrees, 0, 180);
    Ranges.require("scale", scale, 0, 0.9);
    Ranges.require("stretch", stretch, 0, 0.9);
    Ranges.require("shift", shift, 0, 0.9);
    Ranges.require("brightness", brightness, 0, 1);
    Ranges.require("contrast", contrast, 0, 1);
    Ranges.require("gamma", gamma, 1, 4);
    Ranges.require("eraseProbability", eraseProbability, 0, 1);
    Ranges.require("eraseArea", eraseArea, 0, 0.9);
  }

  /** Returns one that changes nothing. */
  public static Augmentation none() {
    return new Augmentation(false, 0, 0, 0, 0, 0, 0, 1, 0, 0);
  }

  /**
   * Writes a varied copy of an image.
   *
   * @param pixels a square image of unsigned bytes
   * @param size its side
   * @param to takes grey values from 0 to 255, from the offset on
   * @param random the only source of variation
   */
  void apply(byte[] pixels, int size, float[] to, int offset, RandomGenerator random) {
    warp(pixels, size, to, offset, random);
    light(to, offset, size * size, random);
    if (random.nextDouble() < eraseProbability) {
      erase(to, offset, size, random);
    }
  }

  /** Bilinear; beyond its edge the image goes on with its last pixels. */
  private void warp(byte[] pixels, int size, float[] to, int offset, RandomGenerator random) {
    double angle = Math.toRadians(signed(random, rotationDegrees));
    double zoom = 1 + signed(random, scale);
    double widen = Math.sqrt(1 + signed(random, stretch));
    double shiftX = signed(random, shift) * size;
    double shiftY = signed(random, shift) * size;
    double mirror = flip && random.nextBoolean() ? -1 : 1;
    double cos = Math.cos(angle) / zoom;
    double sin = Math.sin(angle) / zoom;
    double centre = (size - 1) / 2.0;
    for (int y = 0; y < size; y++) {
      double dy = y - centre - shiftY;
      for (int x = 0; x < size; x++) {
        double dx = x - centre - shiftX;
        double sx = mirror * (cos * dx + sin * dy) / widen + centre;
        double sy = (cos * dy - sin * dx) * widen + centre;
        to[offset + y * size + x] = sample(pixels, size, (float) sx, (float) sy);
      }
    }
  }

  private static float sample(byte[] pixels, int size, float x, float y) {
    float cx = Math.max(0, Math.min(size - 1, x));
    float cy = Math.max(0, Math.min(size - 1, y));
    int x0 = (int) cx;
    int y0 = (int) cy;
    int x1 = Math.min(size - 1, x0 + 1);
    int y1 = Math.min(size - 1, y0 + 1);
    float fx = cx - x0;
    float fy = cy - y0;
    float top = (1 - fx) * (pixels[y0 * size + x0] & 0xff) + fx * (pixels[y0 * size + x1] & 0xff);
    float low = (1 - fx) * (pixels[y1 * size + x0] & 0xff) + fx * (pixels[y1 * size + x1] & 0xff);
    return (1 - fy) * top + fy * low;
  }

  private void light(float[] to, int offset, int count, RandomGenerator random) {
    double exponent = Math.exp(signed(random, Math.log(gamma)));
    if (exponent != 1) {
      float[] curve = new float[256];
      for (int i = 0; i < curve.length; i++) {
        curve[i] = (float) (255 * Math.pow(i / 255.0, exponent));
      }
      for (int i = offset; i < offset + count; i++) {
        int low = (int) to[i];
        float part = to[i] - low;
        to[i] = curve[low] + part * (curve[Math.min(255, low + 1)] - curve[low]);
      }
    }
    float mean = 0;
    for (int i = offset; i < offset + count; i++) {
      mean += to[i];
    }
    mean /= count;
    float gain = (float) (1 + signed(random, contrast));
    float bias = (float) (mean + 255 * signed(random, brightness));
    for (int i = offset; i < offset + count; i++) {
      to[i] = Math.max(0, Math.min(255, (to[i] - mean) * gain + bias));
    }
  }

  /** After Zhong et al., <i>Random Erasing Data Augmentation</i>, 2020: a rectangle of noise. */
  private void erase(float[] to, int offset, int size, RandomGenerator random) {
    double area = ERASE_AREA_FROM + random.nextDouble() * Math.max(0, eraseArea - ERASE_AREA_FROM);
    double aspect = Math.exp(signed(random, -Math.log(ERASE_ASPECT_FROM)));
    int width = side(Math.sqrt(area / aspect), size);
    int height = side(Math.sqrt(area * aspect), size);
    int left = random.nextInt(size - width + 1);
    int top = random.nextInt(size - height + 1);
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        to[offset + y * size + x] = random.nextInt(256);
      }
    }
  }

  private static int side(double share, int size) {
    return Math.max(1, Math.min(size, (int) Math.round(share * size)));
  }

  private static double signed(RandomGenerator random, double largest) {
    return (2 * random.nextDouble() - 1) * largest;
  }
}
