package org.fer4j.training.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearHashesTest {

  private final Random random = new Random(7);

  @Test
  void findsWhatComparingAllWithAllFindsAndEachOnce() {
    long[] hashes = new long[2000];
    for (int i = 0; i < hashes.length; i++) {
      // Half of them are 0 to 15 bits away from one before.
      hashes[i] = i % 2 == 0 ? random.nextLong() : changed(hashes[random.nextInt(i)], i % 16);
    }
    NearHashes near = new NearHashes(hashes);
    int pairs = 0;
    for (int i = 0; i < hashes.length; i++) {
      int index = i;
      List<Integer> expected =
          IntStream.range(0, i)
              .filter(j -> Long.bitCount(hashes[index] ^ hashes[j]) <= NearHashes.MAX_DISTANCE)
              .boxed()
              .toList();
      List<Integer> found = new ArrayList<>();
      near.forEachBefore(i, found::add);
      assertEquals(expected, found.stream().sorted().toList(), "hash " + i);
      pairs += found.size();
    }
    assertTrue(pairs > 500, "pairs: " + pairs);
  }

  @Test
  void findsEqualHashesAndNothingFartherOff() {
    List<Integer> found = new ArrayList<>();
    NearHashes near = new NearHashes(new long[] {5, ~5, 5, 5 ^ 0xfff0_0000_0000L});
    near.forEachBefore(2, found::add);
    near.forEachBefore(3, found::add);
    assertEquals(List.of(0), found);
  }

  private long changed(long hash, int bits) {
    long result = hash;
    for (int i = 0; i < bits; i++) {
      result ^= 1L << random.nextInt(Long.SIZE);
    }
    return result;
  }
}
