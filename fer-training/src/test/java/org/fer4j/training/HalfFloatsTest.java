package org.fer4j.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HalfFloatsTest {

  @Test
  void knownValuesAreRead() {
    assertEquals(1.0f, HalfFloats.toFloat((short) 0x3c00));
    assertEquals(-2.0f, HalfFloats.toFloat((short) 0xc000));
    assertEquals(65504f, HalfFloats.toFloat((short) 0x7bff));
    assertEquals(0x1p-24f, HalfFloats.toFloat((short) 0x0001));
    assertEquals(-0.0f, HalfFloats.toFloat((short) 0x8000));
    assertEquals(Float.POSITIVE_INFINITY, HalfFloats.toFloat((short) 0x7c00));
  }

  @Test
  void everyFiniteValueComesBack() {
    for (int half = Short.MIN_VALUE; half <= Short.MAX_VALUE; half++) {
      float value = HalfFloats.toFloat((short) half);
      if (Float.isFinite(value)) {
        assertEquals((short) half, HalfFloats.fromFloat(value), () -> "of " + value);
        assertTrue(HalfFloats.isExact(value));
      }
    }
  }

  @Test
  void valuesBetweenGoToTheNearestAndTiesToTheEven() {
    assertEquals(0x3c00, HalfFloats.fromFloat(1 + 0x1p-11f));
    assertEquals(0x3c01, HalfFloats.fromFloat(1 + 0x1.1p-11f));
    assertEquals(0x3c02, HalfFloats.fromFloat(1 + 3 * 0x1p-11f));
    assertEquals(0x4000, HalfFloats.fromFloat(Math.nextDown(2f)));
    assertEquals(0x0400, HalfFloats.fromFloat(Math.nextDown(0x1p-14f)));
    assertFalse(HalfFloats.isExact(0.1f));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> HalfFloats.fromFloat(65520));
    assertThrows(IllegalArgumentException.class, () -> HalfFloats.fromFloat(Float.NaN));
    assertFalse(HalfFloats.isExact(1e6f));
  }
}
