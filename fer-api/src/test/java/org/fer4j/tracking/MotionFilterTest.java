package org.fer4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MotionFilterTest {

  @Test
  void followsWhatMovesSteadily() {
    MotionFilter filter = new MotionFilter(0, 1, 100, 1);
    for (int i = 1; i <= 60; i++) {
      filter.advance(0.05);
      filter.correct(2.0 * i, 1);
    }
    filter.advance(0.5);
    assertEquals(140, filter.position(), 0.1);
  }

  /** One long step is as many short ones, as nothing is measured between. */
  @Test
  void stepsMayHaveAnyLength() {
    MotionFilter one = new MotionFilter(3, 1, 5, 2);
    MotionFilter many = new MotionFilter(3, 1, 5, 2);
    one.correct(4, 1);
    many.correct(4, 1);
    one.advance(0.8);
    for (int i = 0; i < 8; i++) {
      many.advance(0.1);
    }
    assertEquals(one.position(), many.position(), 1e-9);
    assertEquals(one.deviation(), many.deviation(), 1e-9);
  }

  /** Of the random walks that the model speaks of, the errors are as large as it says. */
  @Test
  void deviationIsThatOfItsErrors() {
    Random random = new Random(7);
    double dt = 0.04;
    double squares = 0;
    double expected = 0;
    int count = 0;
    for (int walk = 0; walk < 300; walk++) {
      double position = 0;
      double speed = 2 * random.nextGaussian();
      MotionFilter filter = new MotionFilter(random.nextGaussian(), 1, 2, 3);
      for (int i = 0; i < 40; i++) {
        // Ten small steps approach the continuous white noise.
        for (int k = 0; k < 10; k++) {
          position += speed * dt / 10;
          speed += 3 * Math.sqrt(dt / 10) * random.nextGaussian();
        }
        filter.advance(dt);
        filter.correct(position + random.nextGaussian(), 1);
        if (i >= 10) {
          squares += Math.pow(filter.position() - position, 2);
          expected += Math.pow(filter.deviation(), 2);
          count++;
        }
      }
    }
    double ratio = squares / expected;
    assertTrue(ratio > 0.9 && ratio < 1.1, ratio + " of " + count);
  }
}
