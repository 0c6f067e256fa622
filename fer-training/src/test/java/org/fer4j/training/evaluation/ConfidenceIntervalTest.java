package org.fer4j.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceIntervalTest {

  /**
   * The cases of 81 of 263, 15 of 148, 0 of 20 and 1 of 29 are those of Newcombe, Two-sided
   * confidence intervals for the single proportion, Statistics in Medicine 17, 1998, method 3.
   */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718",
    "29, 29, 0.8830, 1.0000"
  })
  void agreesWithPublishedIntervals(long successes, long trials, double low, double high) {
    ConfidenceInterval interval = ConfidenceInterval.wilson(successes, trials);
    assertEquals(low, interval.low(), 5e-5);
    assertEquals(high, interval.high(), 5e-5);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 5", "6, 5"})
  void refusesImpossibleCounts(long successes, long trials) {
    assertThrows(
        IllegalArgumentException.class, () -> ConfidenceInterval.wilson(successes, trials));
  }
}
