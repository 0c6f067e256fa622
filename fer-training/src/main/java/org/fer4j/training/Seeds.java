package org.fer4j.training;

/** Independent seeds out of one seed and a place in the run. */
final class Seeds {

  /** The odd number next to 2^64 divided by the golden ratio. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  static long mix(long seed, long... places) {
    long mixed = scramble(seed + GOLDEN);
    for (long place : places) {
      mixed = scramble(mixed ^ scramble(place * GOLDEN + 1));
    }
    return mixed;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood, 2014), variant 13 of Stafford. */
  private static long scramble(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
