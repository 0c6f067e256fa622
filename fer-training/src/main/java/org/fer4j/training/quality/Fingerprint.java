package org.fer4j.training.quality;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.fer4j.Frame;

/**
 * What is kept of an image to find the same picture again: 2.3 KB, as much as training keeps.
 *
 * <p>Immutable as long as nobody writes to the grey values, which are not copied; then safe for use
 * by many threads.
 *
 * @param pixels SHA-256 of size, format and pixels: equal only if all of them are
 * @param hash of the picture: a few bits differ after compression, or a change of light
 * @param grey the picture as a square of {@value #SIDE} x {@value #SIDE} unsigned bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Held by the hundred thousand, compared by nobody.
public record Fingerprint(String pixels, long hash, byte[] grey) {

  /** The side of the square: that of FER2013's images, which are taken as they are. */
  static final int SIDE = 48;

  /**
   * Takes the fingerprint of a frame.
   *
   * @param grey the frame as a grey square of this side
   */
  static Fingerprint of(Frame frame, byte[] grey) {
    return new Fingerprint(digest(frame), DifferenceHash.of(grey), grey);
  }

  private static String digest(Frame frame) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
    String shape = "%s %d %d ".formatted(frame.format(), frame.width(), frame.height());
    digest.update(shape.getBytes(StandardCharsets.US_ASCII));
    int rowBytes = frame.width() * frame.format().bytesPerPixel();
    for (int y = 0; y < frame.height(); y++) {
      ByteBuffer row = frame.pixels().slice(frame.offset() + y * frame.strideBytes(), rowBytes);
      digest.update(row);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
