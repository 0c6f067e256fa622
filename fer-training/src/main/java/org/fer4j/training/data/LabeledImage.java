package org.fer4j.training.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;

/**
 * One image of a dataset with what its annotators said. The pixels are not held: {@link #read()}
 * decodes them each time.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param id what messages call the image: its file or its row
 * @param split the part of the dataset that it belongs to; empty if the dataset does not say
 * @param source where the pixels come from
 * @param label the expression that counts as right; empty if the annotators found no majority, and
 *     then the image is left out of measurements
 * @param distribution the share of the annotators' votes for each expression; empty if most saw
 *     none, and then the image is left out of training
 */
public record LabeledImage(
    String id,
    Optional<Split> split,
    ImageSource source,
    Optional<Emotion> label,
    Optional<EmotionScores> distribution) {

  /** Returns an image with one certain label. */
  public static LabeledImage certain(
      String id, Optional<Split> split, ImageSource source, Emotion label) {
    float[] distribution = new float[Emotion.all().size()];
    distribution[label.ordinal()] = 1;
    return new LabeledImage(
        id, split, source, Optional.of(label), Optional.of(EmotionScores.of(distribution)));
  }

  /** Returns an image whose label and distribution follow from the votes of FER+. */
  public static LabeledImage voted(
      String id, Optional<Split> split, ImageSource source, Votes votes) {
    return new LabeledImage(id, split, source, votes.majority(), votes.distribution());
  }

  /**
   * Decodes the pixels.
   *
   * @throws IOException if the image is missing or corrupt; the message names it
   */
  public BufferedImage read() throws IOException {
    return source.read();
  }
}
