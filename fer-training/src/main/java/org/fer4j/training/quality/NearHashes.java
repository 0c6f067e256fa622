package org.fer4j.training.quality;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Finds the hashes that differ in few bits without comparing all with all. Each hash is cut into
 * four bands of 16 bits: of two hashes that differ in {@value #MAX_DISTANCE} bits or fewer, one
 * band at least differs in two or fewer, so looking up each band with all changes of up to two bits
 * finds them all (Norouzi et al., <i>Fast Search in Hamming Space with Multi-Index Hashing</i>,
 * 2012).
 */
final class NearHashes {

  /**
   * Of the pairs of FER+ that {@link Likeness} confirms, a fifth differs in 8 to 11 bits; farther
   * off, candidates double with each bit and hardly any is confirmed.
   */
  static final int MAX_DISTANCE = 11;

  private static final int BANDS = 4;
  private static final int BAND_BITS = 16;
  private static final int BAND_VALUES = 1 << BAND_BITS;
  private static final int BAND_DISTANCE = MAX_DISTANCE / BANDS;

  /** All changes of a band. */
  private static final int[] CHANGES =
      IntStream.range(0, BAND_VALUES).filter(v -> Integer.bitCount(v) <= BAND_DISTANCE).toArray();

  private final long[] hashes;

  /** For each band and value the last hash that has it, or -1. */
  private final int[][] last = new int[BANDS][BAND_VALUES];

  /** For each band and hash the one before it that has the same value, or -1. */
  private final int[][] previous;

  NearHashes(long[] hashes) {
    this.hashes = hashes;
    this.previous = new int[BANDS][hashes.length];
    for (int band = 0; band < BANDS; band++) {
      Arrays.fill(last[band], -1);
      for (int i = 0; i < hashes.length; i++) {
        int value = value(hashes[i], band);
        previous[band][i] = last[band][value];
        last[band][value] = i;
      }
    }
  }

  /** Names each hash before this one that differs from it in few bits, once, in any order. */
  void forEachBefore(int index, IntConsumer receiver) {
    long hash = hashes[index];
    for (int band = 0; band < BANDS; band++) {
      for (int change : CHANGES) {
        int i = last[band][value(hash, band) ^ change];
        while (i >= 0) {
          long difference = hash ^ hashes[i];
          if (i < index
              && Long.bitCount(difference) <= MAX_DISTANCE
              && firstCloseBand(difference) == band) {
            receiver.accept(i);
          }
          i = previous[band][i];
        }
      }
    }
  }

  private static int firstCloseBand(long difference) {
    int band = 0;
    while (Integer.bitCount(value(difference, band)) > BAND_DISTANCE) {
      band++;
    }
    return band;
  }

  private static int value(long hash, int band) {
    return (int) (hash >>> (band * BAND_BITS)) & (BAND_VALUES - 1);
  }
}
