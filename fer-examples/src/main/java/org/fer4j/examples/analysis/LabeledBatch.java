package org.fer4j.examples.analysis;

import java.util.List;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.training.evaluation.Robustness;

/**
 * What became of a few labelled images.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param scored images in which a face was found, or that are face crops
 * @param withoutFace how many images no face was found in
 * @param unreadable what is wrong with images that can't be read
 * @param robustness what was right about corrupted copies, of no image if none were asked for
 */
public record LabeledBatch(
    List<Scored> scored, int withoutFace, List<String> unreadable, Robustness robustness) {

  /**
   * One image.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param truth its label
   * @param scores what the classifier says
   */
  public record Scored(Emotion truth, EmotionScores scores) {}

  /** Copies the lists. */
  public LabeledBatch {
    scored = List.copyOf(scored);
    unreadable = List.copyOf(unreadable);
  }

  /** Returns the number of images. */
  public int size() {
    return scored.size() + withoutFace + unreadable.size();
  }
}
