package org.fer4j.opencv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.fer4j.Frame;
import org.fer4j.image.TensorSampler;
import org.fer4j.model.InputSpec;

/**
 * A square grey picture of one size, on which frames of any format, size and rotation are drawn.
 * The memory is allocated once.
 *
 * <p>Confined: one thread may use it at a time.
 */
final class Canvas implements AutoCloseable {

  /** Large photographs are reduced a lot: more taps than for live frames keep them smooth. */
  static final int TAPS = 4;

  private final TensorSampler sampler;
  private final FloatBuffer values;
  private final Mat floats;
  private final Mat bytes;

  /**
   * Allocates the picture.
   *
   * @param size its side in pixels
   */
  Canvas(int size) {
    InputSpec spec =
        new InputSpec(
            "canvas",
            InputSpec.Layout.NHWC,
            size,
            InputSpec.Color.GRAY,
            List.of(0f),
            List.of(1f),
            InputSpec.Border.ZERO);
    this.sampler = new TensorSampler(spec, TAPS);
    this.values =
        ByteBuffer.allocateDirect(spec.length() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    this.floats = new Mat(size, size, opencv_core.CV_32FC1, new FloatPointer(values));
    this.bytes = new Mat(size, size, opencv_core.CV_8UC1);
  }

  /**
   * Draws a frame.
   *
   * @return a view on the part of the picture that shows it, 8 bits, for the caller to close; it is
   *     overwritten by the next call
   */
  Mat draw(Frame frame, Placement placement) {
    sampler.sample(frame, placement.square(), values, 0);
    floats.convertTo(bytes, opencv_core.CV_8U);
    try (Rect part = new Rect(0, 0, placement.width(), placement.height())) {
      return new Mat(bytes, part);
    }
  }

  @Override
  public void close() {
    floats.close();
    bytes.close();
  }
}
