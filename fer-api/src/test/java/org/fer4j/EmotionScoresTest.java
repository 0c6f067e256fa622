package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmotionScoresTest {

  private static final long SEED = 3;

  /** Relative; a float has 24 bits and nine roundings are added up. */
  private static final double SOFTMAX_TOLERANCE = 1e-6;

  @Test
  void softmaxAgainstDoublePrecision() {
    Random random = new Random(SEED);
    for (int run = 0; run < 1000; run++) {
      float spread = (float) Math.pow(10, random.nextInt(5) - 2);
      float[] logits = new float[8];
      for (int i = 0; i < 8; i++) {
        logits[i] = spread * (float) random.nextGaussian();
      }
      EmotionScores scores = EmotionScores.ofLogits(logits);
      double sum = 0;
      for (int i = 0; i < 8; i++) {
        double denominator = 0;
        for (float other : logits) {
          denominator += Math.exp((double) other - logits[i]);
        }
        assertEquals(1 / denominator, scores.toArray()[i], SOFTMAX_TOLERANCE);
        sum += scores.toArray()[i];
      }
      assertEquals(1, sum, SOFTMAX_TOLERANCE);
    }
  }

  @Test
  void softmaxOfExtremes() {
    float max = Float.MAX_VALUE;
    assertEquals(
        1, EmotionScores.ofLogits(-max, -max, max, -max, -max, -max, -max, -max).confidence());
    assertEquals(
        EmotionScores.ofLogits(0, 0, 0, 0, 0, 0, 0, 0),
        EmotionScores.ofLogits(max, max, max, max, max, max, max, max));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void logitsThatAreNotFiniteAreNamed(float value) {
    assertMessage(
        "expected a finite logit for sadness, found " + value,
        () -> EmotionScores.ofLogits(0, 0, 0, value, 0, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -0.001f, 1.01f})
  void valuesThatAreNoProbabilitiesAreNamed(float value) {
    assertMessage(
        "expected a probability in [0, 1] for disgust, found " + value,
        () -> EmotionScores.of(0.5f, 0.5f, 0, 0, 0, value, 0, 0));
  }

  @Test
  void sumsOtherThanOneAreNamed() {
    assertMessage(
        "expected probabilities that sum to 1, found 0.75",
        () -> EmotionScores.of(0.5f, 0.25f, 0, 0, 0, 0, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> EmotionScores.of(0.998f, 0, 0, 0, 0, 0, 0, 0));
    assertEquals(0.9995f, EmotionScores.of(0.9995f, 0, 0, 0, 0, 0, 0, 0).confidence());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 9})
  void otherCountsAreNamed(int count) {
    String message = "expected 8 values, one for each emotion, found " + count;
    assertMessage(message, () -> EmotionScores.of(new float[count]));
    assertMessage(message, () -> EmotionScores.ofLogits(new float[count]));
  }

  private static void assertMessage(String expected, Runnable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void arraysAreCopiedInAndOut() {
    float[] values = {1, 0, 0, 0, 0, 0, 0, 0};
    EmotionScores scores = EmotionScores.of(values);
    values[0] = 0.5f;
    scores.toArray()[0] = 0.25f;
    assertArrayEquals(new float[] {1, 0, 0, 0, 0, 0, 0, 0}, scores.toArray());
  }

  @Test
  void orderIsThatOfFerPlus() {
    float[] values = {0.01f, 0.02f, 0.03f, 0.04f, 0.05f, 0.06f, 0.07f, 0.72f};
    EmotionScores scores = EmotionScores.of(values);
    assertEquals(
        "[NEUTRAL, HAPPINESS, SURPRISE, SADNESS, ANGER, DISGUST, FEAR, CONTEMPT]",
        Emotion.all().toString());
    for (int i = 0; i < 8; i++) {
      assertEquals(values[i], scores.of(Emotion.all().get(i)));
    }
    assertEquals(Emotion.CONTEMPT, scores.top());
    assertEquals("contempt 0.720", scores.toString());
  }

  @Test
  void ofEqualsTheFirstIsTop() {
    EmotionScores scores = EmotionScores.of(0, 0, 0.5f, 0, 0, 0, 0.5f, 0);
    assertEquals(Emotion.SURPRISE, scores.top());
    assertEquals(0, scores.margin());
    assertEquals(0.5f, scores.confidence());
  }

  @Test
  void marginIsTheLeadOverTheSecond() {
    assertEquals(0.5f - 0.375f, EmotionScores.of(0.375f, 0.125f, 0, 0.5f, 0, 0, 0, 0).margin());
    assertEquals(1, EmotionScores.of(1, 0, 0, 0, 0, 0, 0, 0).margin());
  }

  @Test
  void entropyInNats() {
    assertEquals(0, EmotionScores.of(0, 1, 0, 0, 0, 0, 0, 0).entropy());
    assertEquals(Math.log(2), EmotionScores.of(0.5f, 0, 0, 0, 0, 0, 0, 0.5f).entropy(), 1e-7);
    assertEquals(Math.log(8), EmotionScores.ofLogits(new float[8]).entropy(), 1e-6);
  }

  @Test
  void equalityIsExact() {
    EmotionScores scores = EmotionScores.of(0.5f, 0.5f, 0, 0, 0, 0, 0, 0);
    EmotionScores same = EmotionScores.of(0.5f, 0.5f, 0, 0, 0, 0, 0, 0);
    assertEquals(scores, same);
    assertEquals(scores.hashCode(), same.hashCode());
    assertNotEquals(scores, EmotionScores.of(0.5f, Math.nextDown(0.5f), 0, 0, 0, 0, 0, 0));
    assertNotEquals(scores, EmotionScores.of(0.5f, 0, 0.5f, 0, 0, 0, 0, 0));
    assertNotEquals(scores, (Object) "neutral 0.500");
  }

  @Test
  void labelsAreStable() {
    for (Emotion emotion : Emotion.all()) {
      assertEquals(emotion, Emotion.ofLabel(emotion.label()).orElseThrow());
    }
    assertEquals("happiness", Emotion.HAPPINESS.label());
    assertEquals(true, Emotion.ofLabel("Happiness").isEmpty());
  }
}
