package org.fer4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.Prior;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingPriorTest {

  private static final float EXACT = 1e-5f;

  private static final EmotionScores TRAINING =
      EmotionScores.of(0.4f, 0.2f, 0.1f, 0.1f, 0.1f, 0.05f, 0.04f, 0.01f);

  /** What a network says of a face. */
  private static final EmotionScores POSTERIOR =
      EmotionScores.of(0.5f, 0.05f, 0.05f, 0.1f, 0.1f, 0.05f, 0.05f, 0.1f);

  private static EmotionScores scores(TrainingPrior training, Prior wanted) {
    float[] logits = training.offsetsFor(wanted);
    for (Emotion emotion : Emotion.all()) {
      // The logarithm of the posterior is the logits but for a constant.
      logits[emotion.ordinal()] += (float) Math.log(POSTERIOR.of(emotion)) + 3;
    }
    return EmotionScores.ofLogits(logits);
  }

  @Test
  void naturalChangesNothing() {
    assertArrayEquals(new float[8], new TrainingPrior(TRAINING, 1).offsetsFor(Prior.natural()), 0f);
  }

  /** p(e | face) / p(e), by hand: 1.25, 0.25, 0.5, 1, 1, 1, 1.25, 10, which sum to 16.25. */
  @Test
  void balancedOfFullStrengthIsBayesRule() {
    EmotionScores found = scores(new TrainingPrior(TRAINING, 1), Prior.balanced());
    float[] expected = {1.25f, 0.25f, 0.5f, 1, 1, 1, 1.25f, 10};
    for (int i = 0; i < expected.length; i++) {
      expected[i] /= 16.25f;
    }
    assertArrayEquals(expected, found.toArray(), EXACT);
    assertEquals(Emotion.CONTEMPT, found.top());
  }

  @Test
  void strengthIsTheExponentOfThePrior() {
    float[] offsets = new TrainingPrior(TRAINING, 0.5f).offsetsFor(Prior.balanced());
    // exp(-0.5 ln 0.01) = 10, exp(-0.5 ln 0.04) = 5.
    assertEquals(10, Math.exp(offsets[Emotion.CONTEMPT.ordinal()]), 1e-4);
    assertEquals(5, Math.exp(offsets[Emotion.FEAR.ordinal()]), 1e-4);
    assertArrayEquals(
        new float[8], new TrainingPrior(TRAINING, 0).offsetsFor(Prior.balanced()), 0f);
  }

  @Test
  void ownPriorReplacesThatOfTheTraining() {
    TrainingPrior training = new TrainingPrior(TRAINING, 0.5f);
    assertArrayEquals(POSTERIOR.toArray(), scores(training, Prior.of(TRAINING)).toArray(), EXACT);
    EmotionScores even = EmotionScores.ofLogits(new float[8]);
    assertArrayEquals(
        scores(new TrainingPrior(TRAINING, 1), Prior.balanced()).toArray(),
        scores(training, Prior.of(even)).toArray(),
        EXACT);
  }

  @Test
  void whatNeverOccursIsNeverSaid() {
    Prior seven = Prior.of(EmotionScores.of(0.4f, 0.2f, 0.1f, 0.1f, 0.1f, 0.05f, 0.05f, 0));
    EmotionScores found = scores(new TrainingPrior(TRAINING, 1), seven);
    assertEquals(0, found.of(Emotion.CONTEMPT));
  }

  @Test
  void whatTrainingNeverSawIsNotLifted() {
    EmotionScores shares = EmotionScores.of(0.5f, 0.3f, 0.2f, 0, 0, 0, 0, 0);
    float[] offsets = new TrainingPrior(shares, 1).offsetsFor(Prior.balanced());
    assertEquals(Math.log(2), offsets[Emotion.NEUTRAL.ordinal()], EXACT);
    assertEquals(Math.log(2), offsets[Emotion.ANGER.ordinal()], EXACT);
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1.1f, Float.NaN})
  void strengthIsAFraction(float strength) {
    assertEquals(
        "expected a balanced strength in [0, 1], found " + strength,
        assertThrows(IllegalArgumentException.class, () -> new TrainingPrior(TRAINING, strength))
            .getMessage());
  }
}
