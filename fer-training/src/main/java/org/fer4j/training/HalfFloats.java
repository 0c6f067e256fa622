package org.fer4j.training;

/** Conversion of 16-bit floats (IEEE 754 binary16), which Java 17 itself does not have. */
final class HalfFloats {

  private static final float SMALLEST_NORMAL = 0x1p-14f;
  private static final float LARGEST = 65504;

  /** What the exponents' biases differ by, 127 - 15. */
  private static final int BIAS = 112;

  /** Bits of the fraction that are lost. */
  private static final int LOST = 13;

  private HalfFloats() {}

  static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign));
    }
    int wide = exponent == 0x1f ? 0xff : exponent + BIAS;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << LOST);
  }

  /**
   * Rounds to the nearest, of two to the even one.
   *
   * @throws IllegalArgumentException if the value is not finite or larger than 65504
   */
  static short fromFloat(float value) {
    float size = Math.abs(value);
    if (!(size <= LARGEST)) {
      throw new IllegalArgumentException(
          "expected a value from -65504 to 65504 to store in 16 bits, found " + value);
    }
    int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
    if (size < SMALLEST_NORMAL) {
      return (short) (sign | (int) Math.rint(size * 0x1p24));
    }
    int bits = Float.floatToRawIntBits(size) - (BIAS << 23);
    int half = (bits + (1 << (LOST - 1)) - 1 + ((bits >> LOST) & 1)) >> LOST;
    return (short) (sign | half);
  }

  /** Returns the nearest value that 16 bits hold. */
  static float rounded(float value) {
    return toFloat(fromFloat(value));
  }

  /** Returns whether 16 bits hold the value as it is. */
  static boolean isExact(float value) {
    return Math.abs(value) <= LARGEST && toFloat(fromFloat(value)) == value;
  }
}
