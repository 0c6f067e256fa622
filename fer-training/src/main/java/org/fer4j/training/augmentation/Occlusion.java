package org.fer4j.training.augmentation;

import static org.fer4j.training.augmentation.GreySquare.between;
import static org.fer4j.training.augmentation.GreySquare.signed;

import java.util.random.RandomGenerator;
import org.fer4j.training.internal.Ranges;

/**
 * What hides a part of the face: a patch of noise or of one grey (after Zhong et al., <i>Random
 * Erasing Data Augmentation</i>, 2020), a bar or a hand from one side, glasses over the eyes, or a
 * mask over mouth and nose. Glasses and masks lie where upright faces have them; as the face itself
 * was moved before, they are as often a little off as real ones.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param probability how often there is one, 0 to 1
 * @param area largest share of the image that a patch or a hand hides, 0 to 0.9
 */
public record Occlusion(double probability, double area) {

  /** The smallest share of the image that is hidden. */
  private static final double AREA_FROM = 0.02;

  /** The flattest patch, height through width. */
  private static final double ASPECT_FROM = 0.3;

  /** Where eyes and mouth lie in a crop, as shares of the side from its middle. */
  private static final double EYE_LINE = -0.12;

  private static final double EYE_DISTANCE = 0.21;
  private static final double NOSE_LINE = 0.1;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Occlusion {
    Ranges.require("probability", probability, 0, 1);
    Ranges.require("area", area, 0, 0.9);
  }

  /** Returns one that changes nothing. */
  public static Occlusion none() {
    return new Occlusion(0, 0);
  }

  /** Whether a point, from -0.5 to 0.5 across and down, is hidden. */
  private interface Shape {
    boolean covers(double x, double y);
  }

  void apply(GreySquare image, RandomGenerator random) {
    if (random.nextDouble() >= probability) {
      return;
    }
    Shape shape =
        switch (random.nextInt(6)) {
          case 0 -> glasses(random);
          case 1 -> mask(random);
          case 2 -> hand(random);
          default -> patch(random);
        };
    fill(image, shape, random);
  }

  private double share(RandomGenerator random) {
    return between(random, Math.min(AREA_FROM, area), area);
  }

  private Shape patch(RandomGenerator random) {
    double share = share(random);
    double aspect = Math.exp(signed(random, -Math.log(ASPECT_FROM)));
    double halfWidth = Math.sqrt(share / aspect) / 2;
    double halfHeight = Math.sqrt(share * aspect) / 2;
    double centreX = signed(random, Math.max(0, 0.5 - halfWidth));
    double centreY = signed(random, Math.max(0, 0.5 - halfHeight));
    return (x, y) -> Math.abs(x - centreX) < halfWidth && Math.abs(y - centreY) < halfHeight;
  }

  /** An ellipse that comes in over an edge at any angle. */
  private Shape hand(RandomGenerator random) {
    double angle = between(random, 0, 2 * Math.PI);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double reach = Math.sqrt(share(random));
    double length = 0.5 + reach / 2;
    double width = reach / 2;
    double aside = signed(random, 0.25);
    return (x, y) -> {
      double along = (x * cos + y * sin - 0.7) / length;
      double across = (y * cos - x * sin - aside) / width;
      return along * along + across * across < 1;
    };
  }

  private static Shape glasses(RandomGenerator random) {
    double width = between(random, 0.09, 0.16);
    double height = between(random, 0.06, 0.13);
    double line = EYE_LINE + signed(random, 0.03);
    return (x, y) -> {
      double across = (Math.abs(x) - EYE_DISTANCE) / width;
      double down = (y - line) / height;
      boolean bridge = Math.abs(x) < EYE_DISTANCE && Math.abs(y - line) < 0.015;
      return bridge || Math.pow(across, 4) + Math.pow(down, 4) < 1;
    };
  }

  private static Shape mask(RandomGenerator random) {
    double top = NOSE_LINE + signed(random, 0.06);
    double halfWidth = between(random, 0.3, 0.45);
    return (x, y) -> Math.abs(x) < halfWidth && y > top + 0.25 * x * x;
  }

  private static void fill(GreySquare image, Shape shape, RandomGenerator random) {
    int size = image.size();
    double grey = between(random, 0, 255);
    double grain = random.nextBoolean() ? 128 : between(random, 0, 12);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        if (shape.covers((x + 0.5) / size - 0.5, (y + 0.5) / size - 0.5)) {
          image.set(y * size + x, grey + signed(random, grain));
        }
      }
    }
  }
}
