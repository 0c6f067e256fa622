package org.fer4j.smoothing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OneEuroFilterTest {

  /** Computed by hand from the paper's formulas. */
  @Test
  void followsThePaper() {
    OneEuroFilter filter = new OneEuroFilter(0, 1, 0.5);
    double seconds = 0.1;
    double r = 2 * Math.PI * seconds;
    double speed = r / (1 + r) * (2 / seconds);
    double cutoff = 1 + 0.5 * speed;
    double expected = 2 * r * cutoff / (1 + r * cutoff);
    assertEquals(expected, filter.filter(2, seconds), 1e-12);
  }

  @Test
  void staysAndArrives() {
    OneEuroFilter filter = new OneEuroFilter(5, 1, 0);
    assertEquals(5, filter.filter(5, 0.03), 0);
    double value = 0;
    for (int i = 0; i < 100; i++) {
      value = filter.filter(9, 0.1);
    }
    assertEquals(9, value, 1e-6);
  }
}
