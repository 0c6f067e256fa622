package org.fer4j.opencv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collections;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.fer4j.BoundingBox;
import org.fer4j.Frame;
import org.fer4j.Point;
import org.fer4j.RotatedSquare;
import org.fer4j.image.TensorSampler;
import org.fer4j.model.InputSpec;

/**
 * A square picture of one size on which OpenCV looks for faces: frames of any format, size and
 * rotation are drawn upright into its top left corner, the rest is black. The memory is allocated
 * once.
 *
 * <p>Confined: one thread may use it at a time.
 */
final class Canvas implements AutoCloseable {

  /** Large photographs are reduced a lot: more taps than for live frames keep them smooth. */
  private static final int TAPS = 4;

  private final int size;
  private final TensorSampler sampler;
  private final FloatBuffer values;
  private final Mat floats;
  private final Mat bytes;

  private float scale = 1;
  private int uprightWidth;
  private int uprightHeight;
  private RotatedSquare square = new RotatedSquare(0, 0, 1, 0);

  /**
   * Allocates the picture.
   *
   * @param size its side in pixels
   */
  Canvas(int size, InputSpec.Color color) {
    this.size = size;
    int channels = color.channels();
    InputSpec spec =
        new InputSpec(
            "canvas",
            InputSpec.Layout.NHWC,
            size,
            color,
            Collections.nCopies(channels, 0f),
            Collections.nCopies(channels, 1f),
            InputSpec.Border.ZERO);
    this.sampler = new TensorSampler(spec, TAPS);
    this.values =
        ByteBuffer.allocateDirect(spec.length() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    int type = opencv_core.CV_MAKETYPE(opencv_core.CV_32F, channels);
    this.floats = new Mat(size, size, type, new FloatPointer(values));
    this.bytes = new Mat(size, size, opencv_core.CV_MAKETYPE(opencv_core.CV_8U, channels));
  }

  /** Returns how many pixels of the picture a pixel of the frame takes if the frame fills it. */
  float fillingScale(Frame frame) {
    return (float) size / Math.max(frame.width(), frame.height());
  }

  /**
   * Draws a frame.
   *
   * @param scale pixels of the picture for one of the frame, at most {@link #fillingScale}
   */
  void draw(Frame frame, float scale) {
    this.scale = scale;
    boolean lying = frame.rotationDegrees() % 180 != 0;
    uprightWidth = lying ? frame.height() : frame.width();
    uprightHeight = lying ? frame.width() : frame.height();
    float side = size / scale;
    RotatedSquare centered =
        new RotatedSquare(
            frame.width() / 2f, frame.height() / 2f, side, -frame.rotationDegrees());
    // The frame's upright corner comes to the corner of the picture.
    Point center = centered.toFrame(1 - uprightWidth / side / 2, 1 - uprightHeight / side / 2);
    square = new RotatedSquare(center.x(), center.y(), side, -frame.rotationDegrees());
    sampler.sample(frame, square, values, 0);
    floats.convertTo(bytes, opencv_core.CV_8U);
  }

  /** Returns the picture; it belongs to the canvas. */
  Mat picture() {
    return bytes;
  }

  /** Returns a view on the part of the picture that shows the frame, for the caller to close. */
  Mat drawnPart() {
    try (Rect part =
        new Rect(
            0,
            0,
            Math.min(size, Math.max(1, Math.round(uprightWidth * scale))),
            Math.min(size, Math.max(1, Math.round(uprightHeight * scale))))) {
      return new Mat(bytes, part);
    }
  }

  /** Returns the point of the frame for a point of the picture. */
  Point toFrame(float x, float y) {
    return square.toFrame(x / size, y / size);
  }

  /** Returns the box of the frame for one of the picture, told by its centre and size. */
  BoundingBox toFrame(float centerX, float centerY, float width, float height) {
    Point center = toFrame(centerX, centerY);
    boolean lying = Math.round(square.rotationDegrees()) % 180 != 0;
    float frameWidth = (lying ? height : width) / scale;
    float frameHeight = (lying ? width : height) / scale;
    return new BoundingBox(
        center.x() - frameWidth / 2, center.y() - frameHeight / 2, frameWidth, frameHeight);
  }

  @Override
  public void close() {
    floats.close();
    bytes.close();
  }
}
