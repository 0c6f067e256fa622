package org.fer4j.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.junit.jupiter.api.Test;

/** Figures computed by hand, in the comments. */
class EvaluationMeterTest {

  private static final double EXACT = 1e-6;

  private static EmotionScores scores(Emotion top, float confidence) {
    float[] values = new float[Emotion.all().size()];
    Arrays.fill(values, (1 - confidence) / (values.length - 1));
    values[top.ordinal()] = confidence;
    return EmotionScores.of(values);
  }

  @Test
  void refusesToSayAnythingOfNothing() {
    EvaluationMeter meter = new EvaluationMeter();
    assertEquals(0, meter.images());
    assertThrows(IllegalStateException.class, meter::evaluation);
  }

  @Test
  void countsWhatWasTakenForWhat() {
    EvaluationMeter meter = new EvaluationMeter();
    meter.add(Emotion.NEUTRAL, scores(Emotion.NEUTRAL, 0.9f));
    meter.add(Emotion.NEUTRAL, scores(Emotion.SADNESS, 0.9f));
    meter.add(Emotion.FEAR, scores(Emotion.FEAR, 0.9f));
    Evaluation evaluation = meter.evaluation();
    assertEquals(3, evaluation.images());
    assertEquals(2.0 / 3, evaluation.accuracy(), EXACT);
    assertEquals(1, evaluation.confusion().count(Emotion.NEUTRAL, Emotion.SADNESS));
    assertEquals(0, evaluation.confusion().count(Emotion.SADNESS, Emotion.NEUTRAL));
  }

  @Test
  void comparesConfidenceWithAccuracyInEachBin() {
    EvaluationMeter meter = new EvaluationMeter();
    // Bin (0.8667, 0.9333]: 2 images at 0.9, 1 right. |1 - 1.8| = 0.8.
    meter.add(Emotion.ANGER, scores(Emotion.ANGER, 0.9f));
    meter.add(Emotion.ANGER, scores(Emotion.FEAR, 0.9f));
    // Bin (0.4667, 0.5333]: 2 images at 0.5, 2 right. |2 - 1| = 1.
    meter.add(Emotion.FEAR, scores(Emotion.FEAR, 0.5f));
    meter.add(Emotion.FEAR, scores(Emotion.FEAR, 0.5f));
    // (0.8 + 1) / 4
    assertEquals(0.45, meter.evaluation().calibration().expectedError(), EXACT);
  }

  @Test
  void putsCertaintyIntoTheLastBin() {
    EvaluationMeter meter = new EvaluationMeter();
    meter.add(Emotion.ANGER, scores(Emotion.ANGER, 1));
    assertEquals(0, meter.evaluation().calibration().expectedError(), EXACT);
  }

  @Test
  void measuresProbabilities() {
    EvaluationMeter meter = new EvaluationMeter();
    // Right with 0.3: -ln 0.3; squares: 0.7^2 + 7 x 0.1^2 = 0.56.
    meter.add(Emotion.DISGUST, scores(Emotion.DISGUST, 0.3f));
    // Wrong, the true one has 0.1: -ln 0.1; squares: 0.3^2 + 0.9^2 + 6 x 0.1^2 = 0.96.
    meter.add(Emotion.DISGUST, scores(Emotion.CONTEMPT, 0.3f));
    Evaluation evaluation = meter.evaluation();
    assertEquals((1.2039728 + 2.3025851) / 2, evaluation.logLoss(), EXACT);
    assertEquals(0.76, evaluation.brierScore(), EXACT);
  }

  @Test
  void keepsTheLogLossFinite() {
    EvaluationMeter meter = new EvaluationMeter();
    meter.add(Emotion.DISGUST, scores(Emotion.FEAR, 1));
    assertEquals(-Math.log(1e-7), meter.evaluation().logLoss(), EXACT);
  }

  @Test
  void crossFittingMeasuresWithTheOtherHalfsTemperature() {
    EvaluationMeter meter = new EvaluationMeter();
    // Both halves say 0.9 and are right 3 times of 4: with a fitted temperature they say 0.75.
    for (int i = 0; i < 8; i++) {
      meter.add(i < 6 ? Emotion.ANGER : Emotion.FEAR, scores(Emotion.ANGER, 0.9f));
    }
    assertEquals(0.15, meter.evaluation().calibration().expectedError(), EXACT);
    assertEquals(0, meter.evaluation().crossFittedCalibrationError(), 0.005);
  }

  @Test
  void crossFittingDoesNotLookAtTheMeasuredHalf() {
    EvaluationMeter meter = new EvaluationMeter();
    // The first half is always right and the second always wrong: each temperature is the worst
    // for the other half. Fitted on the right ones, the wrong ones are sure of themselves.
    for (int i = 0; i < 8; i++) {
      meter.add(i % 2 == 0 ? Emotion.ANGER : Emotion.FEAR, scores(Emotion.ANGER, 0.6f));
    }
    assertEquals(0.1, meter.evaluation().calibration().expectedError(), EXACT);
    // Right: confidence 1/8 or little more, accuracy 1. Wrong: confidence 1, accuracy 0.
    assertEquals((0.87 + 1) / 2, meter.evaluation().crossFittedCalibrationError(), 0.02);
  }

  @Test
  void oneImageIsEnough() {
    EvaluationMeter meter = new EvaluationMeter();
    meter.add(Emotion.ANGER, scores(Emotion.ANGER, 0.6f));
    assertEquals(0.4, meter.evaluation().calibration().expectedError(), EXACT);
    assertEquals(0, meter.evaluation().riskCoverage().area());
  }
}
