package org.fer4j.training.augmentation;

import java.util.random.RandomGenerator;

/**
 * How training varies a grey image before each use: first where the face lies, then its light, what
 * hides it, and last what a poor camera does to it.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param geometry mirror, rotation, size and place
 * @param light brightness, contrast, uneven light, wrong exposure
 * @param occlusion patches, hands, glasses, masks
 * @param quality blur, noise, low resolution, compression
 */
public record Augmentation(Geometry geometry, Light light, Occlusion occlusion, Quality quality) {

  /** Returns one that changes nothing. */
  public static Augmentation none() {
    return new Augmentation(Geometry.none(), Light.none(), Occlusion.none(), Quality.none());
  }

  /**
   * Writes a varied copy of an image.
   *
   * @param pixels a square image of unsigned bytes
   * @param size its side
   * @param to takes size x size grey values from 0 to 255, from the offset on
   * @param random the only source of variation
   */
  public void apply(byte[] pixels, int size, float[] to, int offset, RandomGenerator random) {
    GreySquare image = geometry.apply(pixels, size, random);
    light.apply(image, random);
    occlusion.apply(image, random);
    quality.apply(image, random);
    System.arraycopy(image.values(), 0, to, offset, size * size);
  }
}
