package org.fer4j.examples.image;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How a camera says that a picture must be turned and mirrored to be upright: the tag Orientation
 * of EXIF (CIPA DC-008, 4.6.4), with values 1 to 8.
 *
 * <p>Each constant tells which stored pixel shows at x, y of the upright picture: {@code column}
 * and {@code row} count from the stored left and top, or from the right and bottom where mirrored;
 * transposed ones take the column from y and the row from x.
 *
 * <p>Immutable and safe for use by many threads.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  HALF_TURN(false, true, true),
  MIRRORED_HALF_TURN(false, false, true),
  TRANSPOSED(true, false, false),
  QUARTER_TURN(true, false, true),
  TRANSVERSED(true, true, true),
  THREE_QUARTER_TURN(true, true, false);

  private final boolean transposed;
  private final boolean fromRight;
  private final boolean fromBottom;

  Orientation(boolean transposed, boolean fromRight, boolean fromBottom) {
    this.transposed = transposed;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** Reads a file's metadata; upright if there is none that can be understood. */
  static Orientation of(Path file, ImageFormat format) {
    if (format == ImageFormat.BMP || format == ImageFormat.GIF) {
      return UPRIGHT;
    }
    try {
      return ImageMetadataReader.readMetadata(file.toFile())
          .getDirectoriesOfType(ExifIFD0Directory.class)
          .stream()
          .map(directory -> directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION))
          .filter(tag -> tag != null && tag >= 1 && tag <= values().length)
          .findFirst()
          .map(tag -> values()[tag - 1])
          .orElse(UPRIGHT);
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      // Metadata is often damaged where the picture is not; the decoder judges the picture.
      return UPRIGHT;
    }
  }

  /** Returns the upright picture of one with bytes for pixels; the same object if it is upright. */
  BufferedImage upright(BufferedImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int storedWidth = stored.getWidth();
    int storedHeight = stored.getHeight();
    int width = transposed ? storedHeight : storedWidth;
    int height = transposed ? storedWidth : storedHeight;
    BufferedImage upright = new BufferedImage(width, height, stored.getType());
    int bands = stored.getRaster().getNumBands();
    byte[] from = bytes(stored);
    byte[] to = bytes(upright);
    int storedColumn = fromRight ? -bands : bands;
    int storedRow = (fromBottom ? -bands : bands) * storedWidth;
    int stepX = transposed ? storedRow : storedColumn;
    int stepY = transposed ? storedColumn : storedRow;
    int begin =
        (fromRight ? (storedWidth - 1) * bands : 0)
            + (fromBottom ? (storedHeight - 1) * storedWidth * bands : 0);
    int target = 0;
    for (int y = 0; y < height; y++) {
      int source = begin + y * stepY;
      for (int x = 0; x < width; x++, source += stepX) {
        for (int band = 0; band < bands; band++) {
          to[target++] = from[source + band];
        }
      }
    }
    return upright;
  }

  private static byte[] bytes(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }
}
