package org.fer4j.training.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.fer4j.Frame;
import org.fer4j.Point;
import org.fer4j.RotatedSquare;

/**
 * What makes a face harder to read, each at five strengths from mild to severe, after Hendrycks and
 * Dietterich, <i>Benchmarking Neural Network Robustness to Common Corruptions and
 * Perturbations</i>, ICLR 2019. Even at the fifth, people still recognise most expressions.
 *
 * <p>Strengths are relative to the square that the classifier sees, so that a face in a photograph
 * suffers as much as one that fills a crop; the whole picture is changed, but for the occlusion.
 * What is random follows from the pixels alone, so it is the same each time.
 *
 * <p>Immutable and safe for use by many threads.
 */
public enum Corruption {
  /** Out of focus: a Gaussian filter whose standard deviation is in 48ths of the square's side. */
  GAUSSIAN_BLUR("sigma, 48ths of the face", 0.5, 1, 1.5, 2, 2.5),

  /** Under-exposed: values are multiplied. */
  DARK("gain", 0.7, 0.5, 0.35, 0.25, 0.15),

  /** Over-exposed: values are multiplied, and those beyond white are lost. */
  BRIGHT("gain", 1.2, 1.4, 1.6, 1.8, 2),

  /**
   * Something before the face: a grey square somewhere in the classifier's square, of so much of
   * its area. Stronger ones stand at the same relative place in the same grey.
   */
  OCCLUSION("share of the face's area", 0.05, 0.1, 0.15, 0.2, 0.25),

  /**
   * Far away: scaled down until the square has so many pixels a side, and up again. A face that is
   * smaller stays as it is.
   */
  LOW_RESOLUTION("pixels of a side", 24, 20, 16, 14, 12);

  /** How many strengths each corruption has. */
  public static final int STRENGTHS = 5;

  private static final double BLUR_UNITS = 48;
  private static final List<Corruption> ALL = List.of(values());

  private final String unit;

  @SuppressWarnings("ImmutableEnumChecker") // What streams make lists of can't be changed.
  private final List<Double> amounts;

  Corruption(String unit, double... amounts) {
    this.unit = unit;
    this.amounts = DoubleStream.of(amounts).boxed().toList();
  }

  /** Returns all corruptions in their fixed order, without copying. */
  public static List<Corruption> all() {
    return ALL;
  }

  /** Returns the stable lower-case name that files and outputs use, for example "dark". */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns in words what {@link #amounts()} are. */
  public String unit() {
    return unit;
  }

  /** Returns what the five strengths mean, mildest first. */
  public List<Double> amounts() {
    return amounts;
  }

  /**
   * Returns a changed copy of a picture.
   *
   * @param frame in a packed format: one, three or four bytes a pixel
   * @param face the square that the classifier sees of it
   * @param strength 1 to {@value #STRENGTHS}
   * @throws IllegalArgumentException if the strength is out of its range or the format is planar
   */
  public Frame apply(Frame frame, RotatedSquare face, int strength) {
    if (strength < 1 || strength > STRENGTHS) {
      throw new IllegalArgumentException(
          "expected a strength of 1 to %d, found %d".formatted(STRENGTHS, strength));
    }
    double amount = amounts.get(strength - 1);
    Pixels pixels = Pixels.of(frame);
    Pixels changed =
        switch (this) {
          case GAUSSIAN_BLUR -> pixels.blurred(amount * face.size() / BLUR_UNITS);
          case DARK, BRIGHT -> pixels.multiplied(amount);
          case OCCLUSION -> occluded(pixels, face, amount);
          case LOW_RESOLUTION -> lowered(pixels, amount / face.size());
        };
    return changed.toFrame();
  }

  private static Pixels lowered(Pixels pixels, double scale) {
    if (scale >= 1) {
      return pixels;
    }
    int width = (int) Math.max(1, Math.round(pixels.width() * scale));
    int height = (int) Math.max(1, Math.round(pixels.height() * scale));
    return pixels.resized(width, height).resized(pixels.width(), pixels.height());
  }

  private static Pixels occluded(Pixels pixels, RotatedSquare face, double area) {
    SplittableRandom random = new SplittableRandom(pixels.contentHash());
    double side = Math.sqrt(area);
    double left = random.nextDouble() * (1 - side);
    double top = random.nextDouble() * (1 - side);
    int grey = random.nextInt(256);
    return pixels.painted(
        (x, y) -> {
          Point point = face.fromFrame(x + 0.5f, y + 0.5f);
          return point.x() >= left
              && point.x() < left + side
              && point.y() >= top
              && point.y() < top + side;
        },
        grey);
  }
}
