package org.fer4j.smoothing;

import org.fer4j.Emotion;
import org.fer4j.EmotionScores;

/**
 * Averages the scores of one face over the last moments, exponentially in time, and holds its label
 * until another expression is clearly ahead.
 *
 * <p>Confined to one thread.
 */
public final class ScoreSmoother {

  private final SmoothingOptions options;
  private float[] average = new float[0];
  private Emotion label = Emotion.NEUTRAL;
  private long latestNanos;

  /** Creates one for a face that was not seen before. */
  public ScoreSmoother(SmoothingOptions options) {
    this.options = options;
  }

  /**
   * Takes in the scores of a frame.
   *
   * @param timestampNanos when the frame was taken; one from before the last call counts as from
   *     then
   */
  public SmoothedScores smooth(EmotionScores scores, long timestampNanos) {
    if (average.length == 0) {
      average = scores.toArray();
      label = scores.top();
    } else {
      double passed = Math.max(0, timestampNanos - latestNanos);
      float share = (float) -Math.expm1(-passed / options.scoresNanos());
      for (Emotion emotion : Emotion.all()) {
        int i = emotion.ordinal();
        average[i] += share * (scores.of(emotion) - average[i]);
      }
    }
    latestNanos = Math.max(latestNanos, timestampNanos);
    EmotionScores smoothed = EmotionScores.of(average);
    if (smoothed.confidence() > smoothed.of(label) + options.labelMargin()) {
      label = smoothed.top();
    }
    return new SmoothedScores(smoothed, label);
  }
}
