package org.fer4j.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  private static final double EXACT = 1e-9;

  @Test
  void binsHoldTheirUpperBound() {
    Calibration calibration =
        Calibration.of(
            List.of(
                new Prediction(0.2, true), // The third bin is (2/15, 3/15].
                new Prediction(0.15, false),
                new Prediction(0.21, true)));
    Calibration.Bin third = calibration.bins().get(2);
    assertEquals(2.0 / 15, third.low(), EXACT);
    assertEquals(3.0 / 15, third.high(), EXACT);
    assertEquals(2, third.images());
    assertEquals(0.175, third.confidence(), EXACT);
    assertEquals(0.5, third.accuracy(), EXACT);
    assertEquals(1, calibration.bins().get(3).images());
    assertEquals(0, calibration.bins().get(14).images());
    // (2 x |0.5 - 0.175| + |1 - 0.21|) / 3
    assertEquals((0.65 + 0.79) / 3, calibration.expectedError(), EXACT);
  }

  @Test
  void nothingHasNoError() {
    assertEquals(0, Calibration.of(List.of()).expectedError());
    assertEquals(15, Calibration.of(List.of()).bins().size());
  }
}
