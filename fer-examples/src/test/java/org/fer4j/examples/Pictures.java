package org.fer4j.examples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Pictures for tests: dark, with one bright rectangle, which the fake backend takes for a face. */
public final class Pictures {

  private Pictures() {}

  /** Draws a dark picture with a bright rectangle. */
  public static BufferedImage withFace(
      int type, int width, int height, int x, int y, int faceWidth, int faceHeight) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(20, 20, 20));
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(new Color(230, 230, 230));
    graphics.fillRect(x, y, faceWidth, faceHeight);
    graphics.dispose();
    return image;
  }

  /** Draws a picture of 160x120 with a face of 40x48 at 48, 32: whole blocks of a JPEG. */
  public static BufferedImage withFace() {
    return withFace(BufferedImage.TYPE_3BYTE_BGR, 160, 120, 48, 32, 40, 48);
  }

  /** Encodes a picture. */
  public static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes a file, and the folders above it. */
  public static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, bytes);
  }

  /** Returns the first part of some bytes. */
  public static byte[] cut(byte[] bytes, double share) {
    return Arrays.copyOf(bytes, (int) (bytes.length * share));
  }

  /** Puts an EXIF segment with an orientation behind the first two bytes of a JPEG. */
  public static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] segment = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0, // APP1 of 34 bytes
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8, // TIFF, big endian, directory at 8
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0, // one short: Orientation
      0,
      0,
      0,
      0 // no further directory
    };
    byte[] tagged = new byte[jpeg.length + segment.length];
    System.arraycopy(jpeg, 0, tagged, 0, 2);
    System.arraycopy(segment, 0, tagged, 2, segment.length);
    System.arraycopy(jpeg, 2, tagged, 2 + segment.length, jpeg.length - 2);
    return tagged;
  }
}
