package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.RuntimeOptions;
import org.fer4j.contract.Picture;
import org.fer4j.contract.Picture.Memory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class MatFramesTest {

  private static final Picture PICTURE = Picture.noise(31, 17, 4);

  @BeforeAll
  static void loadOpenCv() {
    OpenCv.load(RuntimeOptions.defaults());
  }

  private static int pixel(Frame frame, int x, int y, int component) {
    int at = frame.offset() + y * frame.strideBytes() + x * frame.format().bytesPerPixel();
    return frame.pixels().get(at + component) & 0xff;
  }

  private static void assertSamePixels(Frame expected, Frame found) {
    assertEquals(expected.format(), found.format());
    assertEquals(expected.width(), found.width());
    assertEquals(expected.height(), found.height());
    for (int y = 0; y < expected.height(); y++) {
      for (int x = 0; x < expected.width(); x++) {
        for (int i = 0; i < expected.format().bytesPerPixel(); i++) {
          assertEquals(pixel(expected, x, y, i), pixel(found, x, y, i));
        }
      }
    }
  }

  /** There and back again, from every kind of memory, with gaps between rows, and as a view. */
  @ParameterizedTest
  @EnumSource(
      value = PixelFormat.class,
      mode = Mode.EXCLUDE,
      names = {"NV21", "I420"})
  void framesSurviveTheWayThereAndBack(PixelFormat format) {
    for (Memory memory : Memory.values()) {
      for (int padding : new int[] {0, 5}) {
        Frame frame = PICTURE.frame(format, memory, padding);
        for (Frame part : new Frame[] {frame, frame.view(3, 2, 11, 7), frame.view(5, 4, 9, 1)}) {
          try (Mat mat = MatFrames.matOf(part)) {
            assertEquals(part.width(), mat.cols());
            assertEquals(part.height(), mat.rows());
            assertSamePixels(part, MatFrames.frameOf(mat, format));
          }
        }
      }
    }
  }

  @Test
  void directMemoryIsShared() {
    Frame frame = PICTURE.frame(PixelFormat.GRAY8, Memory.DIRECT, 3);
    try (Mat mat = MatFrames.matOf(frame);
        Scalar white = new Scalar(255)) {
      mat.put(white);
      Frame back = MatFrames.frameOf(mat);
      assertEquals(255, pixel(frame, 30, 16, 0));
      back.pixels().put(back.offset() + back.strideBytes() + 2, (byte) 7);
      assertEquals(7, pixel(frame, 2, 1, 0));
    }
  }

  @Test
  void heapMemoryIsCopied() {
    Frame frame = PICTURE.frame(PixelFormat.BGR);
    int before = pixel(frame, 0, 0, 0);
    try (Mat mat = MatFrames.matOf(frame);
        Scalar other = new Scalar(255 - before)) {
      mat.put(other);
    }
    assertEquals(before, pixel(frame, 0, 0, 0));
  }

  /** A part of a larger picture has gaps between its rows, and its memory ends with its pixels. */
  @Test
  void partsOfALargerMat() {
    Frame whole = PICTURE.frame(PixelFormat.BGR);
    try (Mat mat = MatFrames.matOf(whole);
        Rect corner = new Rect(20, 10, 11, 7);
        Mat part = new Mat(mat, corner)) {
      assertTrue(!part.isContinuous());
      Frame frame = MatFrames.frameOf(part);
      assertSamePixels(whole.view(20, 10, 11, 7), frame);
      assertEquals(6 * mat.step() + 11 * 3, frame.pixels().capacity());
    }
  }

  @Test
  void channelsTellTheFormat() {
    int[] types = {opencv_core.CV_8UC1, opencv_core.CV_8UC3, opencv_core.CV_8UC4};
    PixelFormat[] formats = {PixelFormat.GRAY8, PixelFormat.BGR, PixelFormat.BGRA};
    for (int i = 0; i < types.length; i++) {
      try (Mat mat = new Mat(2, 3, types[i])) {
        assertEquals(formats[i], MatFrames.frameOf(mat).format());
      }
    }
  }

  @Test
  void otherMatsAreRefused() {
    try (Mat empty = new Mat();
        Mat floats = new Mat(2, 2, opencv_core.CV_32FC1);
        Mat pairs = new Mat(2, 2, opencv_core.CV_8UC2);
        Mat cube = new Mat(new int[] {2, 2, 2}, opencv_core.CV_8UC1);
        Mat grey = new Mat(2, 2, opencv_core.CV_8UC1)) {
      for (Mat mat : new Mat[] {empty, floats, pairs, cube}) {
        assertThrows(IllegalArgumentException.class, () -> MatFrames.frameOf(mat));
      }
      assertThrows(IllegalArgumentException.class, () -> MatFrames.frameOf(grey, PixelFormat.RGB));
      assertThrows(IllegalArgumentException.class, () -> MatFrames.frameOf(grey, PixelFormat.NV21));
      Mat closed = new Mat(2, 2, opencv_core.CV_8UC1);
      closed.close();
      assertThrows(IllegalArgumentException.class, () -> MatFrames.frameOf(closed));
    }
  }

  @Test
  void planarFramesHaveNoMat() {
    Frame planar = Frame.of(ByteBuffer.allocateDirect(6), PixelFormat.NV21, 2, 2, 2);
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> MatFrames.matOf(planar))
                .getMessage());
    assertTrue(message.contains("NV21"), message);
  }
}
