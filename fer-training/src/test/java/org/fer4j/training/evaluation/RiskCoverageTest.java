package org.fer4j.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class RiskCoverageTest {

  private static final double EXACT = 1e-9;

  /** Surest first: right, wrong, right, wrong. Risks: 0, 1/2, 1/3, 2/4. */
  @Test
  void riskIsTheShareOfErrorsAmongTheSurest() {
    RiskCoverage curve =
        RiskCoverage.of(
            List.of(
                new Prediction(0.3, false),
                new Prediction(0.9, true),
                new Prediction(0.6, true),
                new Prediction(0.7, false)));
    assertEquals(0, curve.risk(0.25), EXACT);
    assertEquals(0.5, curve.risk(0.26), EXACT);
    assertEquals(0.5, curve.risk(0.5), EXACT);
    assertEquals(1.0 / 3, curve.risk(0.75), EXACT);
    assertEquals(0.5, curve.risk(1), EXACT);
    assertEquals((0 + 1.0 / 2 + 1.0 / 3 + 1.0 / 2) / 4, curve.area(), EXACT);
  }

  @Test
  void amongEqualsErrorsAreSpreadEvenly() {
    Prediction right = new Prediction(0.5, true);
    Prediction wrong = new Prediction(0.5, false);
    for (List<Prediction> order :
        List.of(List.of(right, right, wrong, wrong), List.of(wrong, right, wrong, right))) {
      RiskCoverage curve = RiskCoverage.of(order);
      assertEquals(0.5, curve.area(), EXACT);
      assertEquals(0.5, curve.risk(0.01), EXACT);
    }
  }

  @Test
  void rangesAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> RiskCoverage.of(List.of()));
    RiskCoverage curve = RiskCoverage.of(List.of(new Prediction(1, true)));
    assertThrows(IllegalArgumentException.class, () -> curve.risk(0));
    assertThrows(IllegalArgumentException.class, () -> curve.risk(1.01));
  }
}
