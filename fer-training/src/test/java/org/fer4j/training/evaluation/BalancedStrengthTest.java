package org.fer4j.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.junit.jupiter.api.Test;

class BalancedStrengthTest {

  private static final int FREQUENT = Emotion.NEUTRAL.ordinal();
  private static final int RARE = Emotion.FEAR.ordinal();

  /** ln(0.9 / 0.1), which the whole strength takes away, is 2.2. */
  private static final EmotionScores SHARES =
      EmotionScores.of(new float[] {0.9f, 0, 0, 0, 0, 0, 0.1f, 0});

  private static float[] logits(float frequent, float rare) {
    float[] logits = new float[Emotion.all().size()];
    Arrays.fill(logits, -100);
    logits[FREQUENT] = frequent;
    logits[RARE] = rare;
    return logits;
  }

  /** 1000 frequent ones, of which some are won by little only, and 10 rare ones lost by 1. */
  private static float choose(int near, float lead, double temperature) {
    float[][] logits = new float[1010][];
    int[] labels = new int[logits.length];
    for (int i = 0; i < logits.length; i++) {
      boolean rare = i >= 1000;
      labels[i] = rare ? RARE : FREQUENT;
      float frequent = rare ? 1 : i < near ? lead : 50;
      logits[i] = logits(frequent * (float) temperature, 0);
    }
    return BalancedStrength.choose(logits, labels, temperature, SHARES);
  }

  @Test
  void takesTheLeastThatHelpsMost() {
    // 0.45 x 2.197 is 0.99, 0.5 x 2.197 is 1.10.
    assertEquals(0.5f, choose(500, 1.5f, 1));
  }

  @Test
  void dividesByTheTemperatureFirst() {
    assertEquals(0.5f, choose(500, 1.5f, 3));
  }

  @Test
  void costsOnePointOfAccuracyAtMost() {
    assertEquals(0.5f, choose(20, 1, 1), "10 of 1010");
    assertEquals(0, choose(21, 1, 1), "11 of 1010");
  }
}
