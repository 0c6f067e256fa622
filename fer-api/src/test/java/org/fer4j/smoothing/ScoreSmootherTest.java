package org.fer4j.smoothing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.junit.jupiter.api.Test;

class ScoreSmootherTest {

  private static final long FRAME = 33_333_333;
  private static final SmoothingOptions OPTIONS = SmoothingOptions.defaults();

  private static EmotionScores scores(double neutral) {
    float[] values = new float[Emotion.all().size()];
    values[Emotion.NEUTRAL.ordinal()] = (float) neutral;
    values[Emotion.SADNESS.ordinal()] = (float) (1 - neutral);
    return EmotionScores.of(values);
  }

  @Test
  void firstScoresAreTheirOwnAverage() {
    assertEquals(
        new SmoothedScores(scores(0.3), Emotion.SADNESS),
        new ScoreSmoother(OPTIONS).smooth(scores(0.3), 77));
  }

  /** The same moments in one step or in many end at the same average. */
  @Test
  void averagesOverTimeNotFrames() {
    ScoreSmoother one = new ScoreSmoother(OPTIONS);
    ScoreSmoother many = new ScoreSmoother(OPTIONS);
    one.smooth(scores(1), 0);
    many.smooth(scores(1), 0);
    for (int i = 1; i <= 10; i++) {
      many.smooth(scores(0), i * OPTIONS.scoresNanos() / 10);
    }
    EmotionScores found = one.smooth(scores(0), OPTIONS.scoresNanos()).scores();
    assertEquals(Math.exp(-1), found.of(Emotion.NEUTRAL), 1e-5);
    EmotionScores last = many.smooth(scores(0), OPTIONS.scoresNanos()).scores();
    assertEquals(found.of(Emotion.NEUTRAL), last.of(Emotion.NEUTRAL), 1e-5);
  }

  @Test
  void earlierFrameCountsAsOfNow() {
    ScoreSmoother smoother = new ScoreSmoother(OPTIONS);
    smoother.smooth(scores(1), 100);
    assertEquals(scores(1), smoother.smooth(scores(0), 50).scores());
  }

  /** Ten minutes of a face between two expressions, whose scores jump from frame to frame. */
  @Test
  void labelOfAStillFaceHardlyChanges() {
    Random random = new Random(3);
    ScoreSmoother smoother = new ScoreSmoother(OPTIONS);
    int raw = 0;
    int smooth = 0;
    Emotion rawBefore = Emotion.NEUTRAL;
    Emotion before = Emotion.NEUTRAL;
    int frames = 30 * 600;
    for (int i = 0; i < frames; i++) {
      double neutral = Math.max(0, Math.min(1, 0.53 + 0.15 * random.nextGaussian()));
      EmotionScores scores = scores(neutral);
      Emotion label = smoother.smooth(scores, i * FRAME).label();
      raw += scores.top() == rawBefore ? 0 : 1;
      smooth += label == before ? 0 : 1;
      rawBefore = scores.top();
      before = label;
    }
    assertTrue(raw > 10 * 600, raw + " changes of the raw label in 600 seconds");
    assertTrue(smooth < 0.1 * 600, smooth + " changes of the smoothed label in 600 seconds");
  }

  @Test
  void trueChangeShowsSoon() {
    ScoreSmoother smoother = new ScoreSmoother(OPTIONS);
    for (int i = 0; i < 60; i++) {
      smoother.smooth(scores(0.9), i * FRAME);
    }
    int frames = 0;
    while (smoother.smooth(scores(0.1), (60 + frames) * FRAME).label() != Emotion.SADNESS) {
      frames++;
    }
    double millis = frames * FRAME / 1e6;
    assertTrue(millis > 100 && millis < 270, millis + " ms");
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThrows(IllegalArgumentException.class, () -> new SmoothingOptions(0, 0.1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new SmoothingOptions(1, -0.1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new SmoothingOptions(1, 0.1, 0, 1));
    var e = assertThrows(IllegalArgumentException.class, () -> new SmoothingOptions(1, 0.1, 1, -1));
    assertEquals("expected a boxSpeedCoefficient from 0 on, found -1.0", e.getMessage());
  }
}
