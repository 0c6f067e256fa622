package org.fer4j;

/**
 * How the bytes of a {@link Frame} form pixels. Every component has 8 bits; alpha is ignored.
 *
 * <p>Immutable and safe for use by many threads.
 */
public enum PixelFormat {
  /** One byte a pixel: luminance. */
  GRAY8(1),
  /** Three bytes a pixel: red, green, blue. */
  RGB(3),
  /** Three bytes a pixel: blue, green, red; what OpenCV and {@code TYPE_3BYTE_BGR} hold. */
  BGR(3),
  /** Four bytes a pixel: red, green, blue, alpha. */
  RGBA(4),
  /** Four bytes a pixel: blue, green, red, alpha. */
  BGRA(4),
  /** Four bytes a pixel: alpha, blue, green, red; what {@code TYPE_4BYTE_ABGR} holds. */
  ABGR(4),
  /**
   * Android's camera default: a plane of luma, then a plane of interleaved V and U at half the
   * resolution. Full range BT.601, as in JFIF.
   */
  NV21(1),
  /**
   * Planes of luma, then U, then V, the last two at half the resolution. Full range BT.601, as in
   * JFIF.
   */
  I420(1);

  private final int bytesPerPixel;

  PixelFormat(int bytesPerPixel) {
    this.bytesPerPixel = bytesPerPixel;
  }

  /**
   * Returns the bytes from one pixel to the next in a row; for NV21 and I420, of the luma plane.
   */
  public int bytesPerPixel() {
    return bytesPerPixel;
  }

  /** Tells whether colour stands in planes of its own at half the resolution. */
  public boolean isPlanar() {
    return this == NV21 || this == I420;
  }
}
