package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  @Test
  void largestLogitIsTheAnswer() {
    float[][] logits = {
      {1, 3, 2, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 9}, {5, 0, 0, 0, 0, 0, 0, 4}
    };
    Measurement measurement = Measurement.of(logits, new int[] {1, 7, 7});
    assertEquals(3, measurement.images());
    assertEquals(2, measurement.right());
    assertEquals(2 / 3.0, measurement.accuracy(), 1e-9);
  }

  @Test
  void temperatureUndoesWhatMadeTheNetworkTooSure() {
    Random random = new Random(5);
    float[][] logits = new float[20_000][8];
    int[] labels = new int[logits.length];
    for (int i = 0; i < logits.length; i++) {
      double[] probabilities = new double[8];
      double sum = 0;
      for (int c = 0; c < 8; c++) {
        double logit = random.nextGaussian();
        logits[i][c] = (float) (2.5 * logit);
        probabilities[c] = Math.exp(logit);
        sum += probabilities[c];
      }
      double drawn = random.nextDouble() * sum;
      while (drawn > probabilities[labels[i]] && labels[i] < 7) {
        drawn -= probabilities[labels[i]++];
      }
    }
    assertEquals(2.5, Measurement.of(logits, labels).temperature(), 0.1);
  }

  @Test
  void lossOfEvenLogitsIsTheLogarithmOfTheClasses() {
    Measurement measurement = Measurement.of(new float[][] {new float[8]}, new int[] {3});
    assertEquals(Math.log(8), measurement.loss(), 1e-9);
    assertTrue(measurement.temperature() > 0);
  }
}
