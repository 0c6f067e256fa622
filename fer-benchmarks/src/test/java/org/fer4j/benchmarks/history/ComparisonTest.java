package org.fer4j.benchmarks.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

  private static final HistoryEntry BEFORE =
      Entries.entry("2026-11-24T10:00:00Z", "aaaaaaa", "Some CPU", 1.2, 1.1);

  @ParameterizedTest
  @CsvSource({"1.2, 1.1", "1.0, 1.0", "1.319, 1.209"})
  void upToTenPercentAreFine(double ratio1, double ratio8) {
    assertFalse(new Comparison(BEFORE, Entries.cost(ratio1, ratio8)).isWorse());
  }

  @ParameterizedTest
  @CsvSource({"1.321, 1.0", "1.0, 1.211", "2, 2"})
  void moreIsWorse(double ratio1, double ratio8) {
    assertTrue(new Comparison(BEFORE, Entries.cost(ratio1, ratio8)).isWorse());
  }

  @Test
  void sentences() {
    assertEquals(
        "A frame got worse by more than 10 %: with one face it takes 1.500 times as long as its"
            + " networks, where it was 1.200 times, too much; with eight faces it takes 1.100 times"
            + " as long as its networks, where it was 1.100 times (kept on 2026-11-24 at commit"
            + " aaaaaaa, on Some CPU).",
        new Comparison(BEFORE, Entries.cost(1.5, 1.1)).sentence());
    String fine = new Comparison(BEFORE, Entries.cost(1.2, 1.1)).sentence();
    assertTrue(fine.startsWith("No frame got worse by more than 10 %: "), fine);
  }
}
