package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 32_768, Integer.MAX_VALUE})
  void sizesOutOfRangeAreNamed(int size) {
    byte[] bytes = new byte[64];
    assertMessage(
        "expected a width of 1 to 32767 pixels, found " + size,
        () -> Frame.of(bytes, PixelFormat.RGBA, size, 1));
    assertMessage(
        "expected a height of 1 to 32767 pixels, found " + size,
        () -> Frame.of(bytes, PixelFormat.RGBA, 1, size));
    assertMessage(
        "expected a width of 1 to 32767 pixels, found " + size,
        () -> Frame.of(ByteBuffer.wrap(bytes), PixelFormat.RGBA, size, 1, 4));
    assertMessage(
        "expected a height of 1 to 32767 pixels, found " + size,
        () -> Frame.of(ByteBuffer.wrap(bytes), PixelFormat.RGBA, 1, size, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "GRAY8, 5, 5",
    "RGB, 5, 15",
    "BGR, 5, 15",
    "RGBA, 5, 20",
    "BGRA, 5, 20",
    "ABGR, 5, 20",
    "NV21, 5, 6",
    "NV21, 6, 6",
    "I420, 5, 5"
  })
  void shortestStrideIsOneRow(PixelFormat format, int width, int shortest) {
    ByteBuffer plenty = ByteBuffer.allocate(1000);
    assertEquals(shortest, Frame.of(plenty, format, width, 3, shortest).strideBytes());
    assertMessage(
        "expected a stride of at least %d bytes for %d pixels of %s, found %d"
            .formatted(shortest, width, format, shortest - 1),
        () -> Frame.of(plenty, format, width, 3, shortest - 1));
    assertThrows(
        IllegalArgumentException.class, () -> Frame.of(plenty, format, width, 3, -shortest));
  }

  /** Bytes are counted by hand: the last row needs no padding. */
  @ParameterizedTest
  @CsvSource({
    "GRAY8, 4, 3, 10, 24",
    "RGB, 4, 3, 20, 52",
    "ABGR, 4, 3, 20, 56",
    // 3 rows of luma, 2 rows of chroma
    "NV21, 4, 3, 10, 44",
    "NV21, 5, 3, 10, 46",
    "NV21, 1, 1, 2, 4",
    // 3 rows of luma, then 2 rows of U and 2 of V with a stride of 5
    "I420, 4, 3, 10, 47",
    "I420, 5, 3, 9, 45",
    "I420, 1, 1, 1, 3"
  })
  void shortestBufferHoldsTheLastPixel(
      PixelFormat format, int width, int height, int stride, int shortest) {
    assertDoesNotThrow(
        () -> Frame.of(ByteBuffer.allocate(shortest), format, width, height, stride));
    assertMessage(
        "expected at least %d bytes for %d x %d pixels of %s with a stride of %d, found %d"
            .formatted(shortest, width, height, format, stride, shortest - 1),
        () -> Frame.of(ByteBuffer.allocate(shortest - 1), format, width, height, stride));
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void sizesBeyondTheIntegersDoNotOverflow(PixelFormat format) {
    ByteBuffer small = ByteBuffer.allocate(100);
    int max = Frame.MAX_SIZE;
    IllegalArgumentException tall =
        assertThrows(
            IllegalArgumentException.class,
            () -> Frame.of(small, format, 1, max, Integer.MAX_VALUE));
    // Rows but the last one need a whole stride.
    long atLeast = (max - 1L) * Integer.MAX_VALUE;
    assertTrue(neededBytes(tall) >= atLeast, tall.getMessage());
    IllegalArgumentException flat =
        assertThrows(
            IllegalArgumentException.class,
            () -> Frame.of(small, format, max, 1, Integer.MAX_VALUE));
    long one = format.isPlanar() ? Integer.MAX_VALUE : (long) max * format.bytesPerPixel();
    assertTrue(neededBytes(flat) >= one, flat.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Frame.of(new byte[100], format, max, max));
  }

  private static long neededBytes(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return Long.parseLong(message.replaceFirst("expected at least (\\d+) bytes.*", "$1"));
  }

  @Test
  void pixelsBeginAtThePositionOfTheBuffer() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 9, 1, 2, 3, 4});
    buffer.position(2);
    Frame frame = Frame.of(buffer, PixelFormat.GRAY8, 2, 2, 2);
    buffer.position(5);
    assertEquals(1, frame.pixels().get(frame.offset()));
    assertEquals(4, frame.pixels().get(frame.offset() + frame.strideBytes() + 1));
  }

  @Test
  void nothingIsCopied() {
    byte[] bytes = {1, 2, 3, 4};
    Frame frame = Frame.of(bytes, PixelFormat.GRAY8, 2, 2);
    bytes[3] = 40;
    assertEquals(40, frame.pixels().get(frame.offset() + 3));
  }

  @Test
  void planesOfNv21() {
    Frame frame = Frame.of(new byte[4 * 4 + 4 * 2], PixelFormat.NV21, 4, 4);
    assertEquals(17, frame.offsetU());
    assertEquals(16, frame.offsetV());
    assertEquals(4, frame.chromaStrideBytes());
    assertEquals(2, frame.chromaBytesPerPixel());
    Frame part = frame.view(2, 2, 2, 2);
    assertEquals(10, part.offset());
    assertEquals(17 + 4 + 2, part.offsetU());
    assertEquals(16 + 4 + 2, part.offsetV());
  }

  @Test
  void planesOfI420() {
    Frame frame = Frame.of(new byte[5 * 3 + 3 * 2 + 3 * 2], PixelFormat.I420, 5, 3);
    assertEquals(15, frame.offsetU());
    assertEquals(21, frame.offsetV());
    assertEquals(3, frame.chromaStrideBytes());
    assertEquals(1, frame.chromaBytesPerPixel());
    Frame part = frame.view(2, 2, 3, 1).view(2, 0, 1, 1);
    assertEquals(14, part.offset());
    assertEquals(15 + 3 + 2, part.offsetU());
    assertEquals(21 + 3 + 2, part.offsetV());
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 1, 1",
    "0, -1, 1, 1",
    "0, 0, 0, 1",
    "0, 0, 1, 0",
    "0, 0, 7, 1",
    "0, 0, 1, 5",
    "6, 0, 1, 1",
    "0, 4, 1, 1",
    "2147483647, 0, 1, 1",
    "2, 0, 2147483647, 1",
    "0, 2, 1, 2147483647",
    "0, 0, -1, 1"
  })
  void viewsOutsideOfTheFrameAreNamed(int x, int y, int width, int height) {
    Frame frame = Frame.of(new byte[24], PixelFormat.GRAY8, 6, 4);
    assertMessage(
        "expected a part inside the frame of 6 x 4 pixels, found x %d, y %d, %d x %d pixels"
            .formatted(x, y, width, height),
        () -> frame.view(x, y, width, height));
  }

  @Test
  void viewsOfViewsAddUp() {
    byte[] bytes = new byte[24];
    bytes[3 * 6 + 4] = 77;
    Frame frame =
        Frame.of(bytes, PixelFormat.GRAY8, 6, 4)
            .withTimestampNanos(5)
            .withRotationDegrees(90)
            .view(1, 1, 5, 3)
            .view(3, 2, 1, 1);
    assertEquals(77, frame.pixels().get(frame.offset()));
    assertEquals(1, frame.width());
    assertEquals(1, frame.height());
    assertEquals(5, frame.timestampNanos());
    assertEquals(90, frame.rotationDegrees());
    assertThrows(IllegalArgumentException.class, () -> frame.view(1, 0, 1, 1));
  }

  @ParameterizedTest
  @EnumSource(
      value = PixelFormat.class,
      names = {"NV21", "I420"})
  void planarViewsBeginAtEvenPixels(PixelFormat format) {
    Frame frame = Frame.of(new byte[6 * 6 * 2], format, 6, 6);
    assertMessage(
        "expected even x and y for a part of %s, found x 1, y 2".formatted(format),
        () -> frame.view(1, 2, 2, 2));
    assertMessage(
        "expected even x and y for a part of %s, found x 2, y 3".formatted(format),
        () -> frame.view(2, 3, 2, 2));
    assertEquals(3, frame.view(2, 2, 3, 1).width());
  }

  @ParameterizedTest
  @ValueSource(ints = {-90, -1, 1, 45, 89, 271, 360, 450})
  void rotationsAreQuarterTurns(int degrees) {
    Frame frame = Frame.of(new byte[1], PixelFormat.GRAY8, 1, 1);
    assertMessage(
        "expected a rotation of 0, 90, 180 or 270 degrees, found " + degrees,
        () -> frame.withRotationDegrees(degrees));
  }

  @Test
  void changesMakeAnotherFrame() {
    Frame frame = Frame.of(new byte[1], PixelFormat.GRAY8, 1, 1);
    Frame changed = frame.withTimestampNanos(-7).withRotationDegrees(270);
    assertEquals(-7, changed.timestampNanos());
    assertEquals(270, changed.rotationDegrees());
    assertEquals(0, frame.timestampNanos());
    assertEquals(0, frame.rotationDegrees());
    assertEquals("Frame[1 x 1 GRAY8]", changed.toString());
  }

  private static void assertMessage(String expected, Runnable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
