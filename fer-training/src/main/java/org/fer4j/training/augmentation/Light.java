package org.fer4j.training.augmentation;

import static org.fer4j.training.augmentation.GreySquare.between;
import static org.fer4j.training.augmentation.GreySquare.signed;

import java.util.random.RandomGenerator;
import org.fer4j.training.internal.Ranges;

/**
 * How a face is lit and exposed. Each amount is the largest; the actual one is drawn evenly up to
 * it in both directions.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param brightness added, as a share of the full range of 255, 0 to 1
 * @param contrast relative change of the distance from the image's mean, 0 to 1
 * @param gamma largest exponent of the grey values and the inverse of the smallest, 1 to 4
 * @param unevenProbability how often the light falls off across the face, 0 to 1
 * @param uneven relative change of brightness at the edges then, 0 to 1
 * @param exposureProbability how often the image is under- or over-exposed, 0 to 1
 * @param exposureStops by how many powers of two then, 0 to 4; what gets too bright is cut off
 */
public record Light(
    double brightness,
    double contrast,
    double gamma,
    double unevenProbability,
    double uneven,
    double exposureProbability,
    double exposureStops) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Light {
    Ranges.require("brightness", brightness, 0, 1);
    Ranges.require("contrast", contrast, 0, 1);
    Ranges.require("gamma", gamma, 1, 4);
    Ranges.require("unevenProbability", unevenProbability, 0, 1);
    Ranges.require("uneven", uneven, 0, 1);
    Ranges.require("exposureProbability", exposureProbability, 0, 1);
    Ranges.require("exposureStops", exposureStops, 0, 4);
  }

  /** Returns one that changes nothing. */
  public static Light none() {
    return new Light(0, 0, 1, 0, 0, 0, 0);
  }

  void apply(GreySquare image, RandomGenerator random) {
    if (random.nextDouble() < unevenProbability) {
      shade(image, random);
    }
    bend(image, Math.exp(signed(random, Math.log(gamma))));
    double gain = 1 + signed(random, contrast);
    double bias = 255 * signed(random, brightness);
    double exposure =
        random.nextDouble() < exposureProbability ? Math.pow(2, signed(random, exposureStops)) : 1;
    float mean = image.mean();
    for (int i = 0; i < image.values().length; i++) {
      image.set(i, exposure * ((image.values()[i] - mean) * gain + mean + bias));
    }
  }

  /** A ramp in any direction, or a spot of light or shadow. */
  private void shade(GreySquare image, RandomGenerator random) {
    int size = image.size();
    double amount = signed(random, uneven);
    double angle = between(random, 0, 2 * Math.PI);
    boolean spot = random.nextBoolean();
    double centreX = between(random, -1, 1);
    double centreY = between(random, -1, 1);
    for (int y = 0; y < size; y++) {
      double v = 2.0 * y / size - 1;
      for (int x = 0; x < size; x++) {
        double u = 2.0 * x / size - 1;
        double place =
            spot
                ? 1 - Math.min(2, Math.hypot(u - centreX, v - centreY))
                : u * Math.cos(angle) + v * Math.sin(angle);
        int i = y * size + x;
        image.set(i, image.values()[i] * (1 + amount * place));
      }
    }
  }

  private static void bend(GreySquare image, double exponent) {
    if (exponent == 1) {
      return;
    }
    float[] curve = new float[257];
    for (int i = 0; i < curve.length; i++) {
      curve[i] = (float) (255 * Math.pow(Math.min(255, i) / 255.0, exponent));
    }
    float[] values = image.values();
    for (int i = 0; i < values.length; i++) {
      int low = (int) values[i];
      image.set(i, curve[low] + (values[i] - low) * (curve[low + 1] - curve[low]));
    }
  }
}
