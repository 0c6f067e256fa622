package org.fer4j.opencv;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.RuntimeOptions;

/**
 * Makes frames of OpenCV's {@code Mat} and back, without copying pixels.
 *
 * <p>Safe for use by many threads, each with a {@code Mat} of its own.
 */
public final class MatFrames {

  private MatFrames() {}

  /**
   * Wraps a picture as OpenCV stores it by default: one channel is grey, three are BGR, four BGRA.
   * See {@link #frameOf(Mat, PixelFormat)}.
   *
   * @throws IllegalArgumentException if it is empty, or has not 8 bits, two dimensions and one,
   *     three or four channels
   */
  public static Frame frameOf(Mat mat) {
    return frameOf(
        mat,
        switch (mat.isNull() ? 1 : mat.channels()) {
          case 1 -> PixelFormat.GRAY8;
          case 3 -> PixelFormat.BGR;
          case 4 -> PixelFormat.BGRA;
          default ->
              throw new IllegalArgumentException(
                  "expected a Mat with 1, 3 or 4 channels, found " + mat.channels());
        });
  }

  /**
   * Wraps a picture whose format the caller knows. Nothing is copied, also where rows have gaps, as
   * in a part of a larger picture.
   *
   * <p>The pixels stay those of the {@code Mat}: it must be kept, neither closed nor given another
   * size, for as long as the frame is in use, since the frame does not keep it alive; and nobody
   * may write to it until the call that uses the frame has returned.
   *
   * @param format packed, with as many bytes a pixel as the picture has channels
   * @throws IllegalArgumentException if the picture is empty, has not 8 bits and two dimensions, or
   *     does not fit the format
   */
  public static Frame frameOf(Mat mat, PixelFormat format) {
    if (mat.isNull() || mat.empty() || mat.dims() != 2 || mat.depth() != opencv_core.CV_8U) {
      throw new IllegalArgumentException(
          "expected a Mat of 8 bits (CV_8U) with two dimensions that is not empty, found "
              + describe(mat));
    }
    if (format.isPlanar() || mat.channels() != format.bytesPerPixel()) {
      throw new IllegalArgumentException(
          "expected a Mat whose channels are the bytes of a pixel of %s, found %s"
              .formatted(format, describe(mat)));
    }
    long stride = mat.step();
    long bytes = stride * (mat.rows() - 1) + (long) mat.cols() * format.bytesPerPixel();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "expected a Mat of at most %d bytes, found %d".formatted(Integer.MAX_VALUE, bytes));
    }
    // A part's memory ends with its last pixel, not with its last row.
    ByteBuffer pixels = mat.data().capacity(bytes).asByteBuffer();
    // The stride of a single row means nothing and may be anything.
    int strideBytes = mat.rows() == 1 ? (int) bytes : (int) stride;
    return Frame.of(pixels, format, mat.cols(), mat.rows(), strideBytes);
  }

  private static String describe(Mat mat) {
    return mat.isNull() ? "a closed one" : mat.toString();
  }

  /**
   * Returns a {@code Mat} with the pixels of a frame, in the frame's own order of channels: {@code
   * CV_8UC1}, {@code CV_8UC3} or {@code CV_8UC4}. Rotation and timestamp are not part of it.
   *
   * <p>The pixels of a frame in direct memory are not copied: the {@code Mat} keeps that memory
   * alive, but shares it, and writing to one writes to the other. A frame on the heap, which native
   * code can't reach, is copied into memory of the {@code Mat}'s own. In both cases the caller
   * closes the {@code Mat}.
   *
   * @throws IllegalArgumentException if the format is planar: NV21 and I420 have no {@code Mat} of
   *     pixels
   */
  public static Mat matOf(Frame frame) {
    PixelFormat format = frame.format();
    if (format.isPlanar()) {
      throw new IllegalArgumentException(
          "expected a frame with its channels in one plane, found %s: convert it first"
              .formatted(frame));
    }
    OpenCv.load(RuntimeOptions.defaults());
    int type = opencv_core.CV_MAKETYPE(opencv_core.CV_8U, format.bytesPerPixel());
    int rowBytes = frame.width() * format.bytesPerPixel();
    ByteBuffer pixels = frame.pixels().duplicate();
    if (pixels.isDirect()) {
      pixels.position(frame.offset());
      BytePointer first = new BytePointer(pixels.slice());
      return new Mat(frame.height(), frame.width(), type, first, frame.strideBytes());
    }
    Mat copy = new Mat(frame.height(), frame.width(), type);
    ByteBuffer target = copy.createBuffer();
    for (int row = 0; row < frame.height(); row++) {
      target.put(row * rowBytes, pixels, frame.offset() + row * frame.strideBytes(), rowBytes);
    }
    return copy;
  }
}
