package org.fer4j.training;

import java.util.List;
import java.util.Optional;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;

/**
 * A face as the network sees it, with its label.
 *
 * <p>Immutable as long as nobody writes to the pixels, which are not copied; then safe for use by
 * many threads.
 *
 * @param pixels grey values from 0 to 255 as unsigned bytes, row by row, as many as the square of
 *     the network's input size
 * @param label the expression that counts as right in a measurement, if there is one
 * @param distribution what the network learns, if there is something to learn
 * @param secondLabel what other annotators said, for a second head to learn
 */
@SuppressWarnings("ArrayRecordComponent") // Held by the hundred thousand, compared by nobody.
public record Crop(
    byte[] pixels,
    Optional<Emotion> label,
    Optional<EmotionScores> distribution,
    Optional<Emotion> secondLabel) {

  /** Creates a crop without a second label. */
  public Crop(byte[] pixels, Optional<Emotion> label, Optional<EmotionScores> distribution) {
    this(pixels, label, distribution, Optional.empty());
  }

  /** Checks that all crops are squares of this side. */
  static void requireSide(List<Crop> crops, int side) {
    for (Crop crop : crops) {
      if (crop.pixels.length != side * side) {
        throw new IllegalArgumentException(
            "expected crops of %d x %d pixels as the network's input, found one of %d pixels"
                .formatted(side, side, crop.pixels.length));
      }
    }
  }
}
