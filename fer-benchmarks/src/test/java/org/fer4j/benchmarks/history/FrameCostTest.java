package org.fer4j.benchmarks.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.fer4j.benchmarks.history.FrameCost.Share;
import org.junit.jupiter.api.Test;

class FrameCostTest {

  @Test
  void oneLineOfJson() {
    assertEquals(
        "{\"faces1\":{\"frame_us\":3300.5,\"models_us\":3000.0,\"ratio\":1.1002},"
            + "\"faces8\":{\"frame_us\":9000.0,\"models_us\":8000.0,\"ratio\":1.125},"
            + "\"bytes_per_frame\":3210,\"model_runs_per_frame\":2.0}",
        new FrameCost(new Share(3300.5, 3000, 1.1002), new Share(9000, 8000, 1.125), 3210, 2)
            .toJson());
  }
}
