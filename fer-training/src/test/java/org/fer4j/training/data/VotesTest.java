package org.fer4j.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.fer4j.Emotion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VotesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "10 0 0 0 0 0 0 0 0 0 | NEUTRAL",
        // A single vote counts as none: 5 of 9 are left, more than half.
        "5 1 0 4 0 0 0 0 0 0 | NEUTRAL",
        // Exactly half is no majority.
        "5 5 0 0 0 0 0 0 0 0 | ",
        "4 0 0 1 3 2 0 0 0 0 | ",
        "0 0 0 0 0 0 0 6 4 0 | CONTEMPT",
        // The majority says that it is unknown, or no face.
        "2 0 0 0 0 0 0 0 6 2 | ",
        "0 0 0 0 0 0 0 0 0 10 | ",
        // Nothing but outliers.
        "1 1 1 1 1 1 1 1 1 1 | ",
        "0 0 0 0 0 0 0 0 0 0 | ",
      })
  void majorityNeedsMoreThanHalfOfTheVotesLeft(String votes, Emotion expected) {
    assertEquals(Optional.ofNullable(expected), votes(votes).majority());
  }

  @Test
  void distributionIsTheShareAmongExpressionsWithoutOutliers() {
    float[] shares = votes("4 0 0 1 3 2 0 0 0 0").distribution().orElseThrow().toArray();
    assertArrayEquals(new float[] {4 / 9f, 0, 0, 0, 3 / 9f, 2 / 9f, 0, 0}, shares, 1e-6f);
  }

  @Test
  void distributionLeavesOutUnknownUnlessItPrevails() {
    float[] shares = votes("3 3 0 0 0 0 0 0 4 0").distribution().orElseThrow().toArray();
    assertArrayEquals(new float[] {0.5f, 0.5f, 0, 0, 0, 0, 0, 0}, shares, 1e-6f);
    assertEquals(Optional.empty(), votes("3 2 0 0 0 0 0 0 5 0").distribution());
    assertEquals(Optional.empty(), votes("0 0 0 0 0 0 0 0 0 10").distribution());
    assertEquals(Optional.empty(), votes("1 1 0 0 0 0 0 0 0 0").distribution());
  }

  @Test
  void countsOtherThanTenAreRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> Votes.of(List.of(1, 2, 3)));
    assertEquals("expected 10 vote counts, found 3", e.getMessage());
  }

  @Test
  void negativeCountsAreRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> Votes.of(List.of(0, -1, 0, 0, 0, 0, 0, 0, 0, 0)));
    assertEquals("expected votes of 0 or more, found -1", e.getMessage());
  }

  private static Votes votes(String counts) {
    return Votes.of(List.of(counts.split(" ")).stream().map(Integer::valueOf).toList());
  }
}
