package org.fer4j;

/**
 * The square of a frame that a classifier looks at. No pixel is copied: the classifier reads them
 * through the square straight into its input.
 *
 * <p>Immutable itself and safe for use by many threads while nobody writes to the frame's pixels.
 *
 * @param frame holds the pixels
 * @param square where the face is, upright in the square
 */
public record FaceCrop(Frame frame, RotatedSquare square) {

  /** Returns a crop of the whole frame, for pictures that are face crops already. */
  public static FaceCrop whole(Frame frame) {
    return new FaceCrop(frame, RotatedSquare.around(frame));
  }
}
