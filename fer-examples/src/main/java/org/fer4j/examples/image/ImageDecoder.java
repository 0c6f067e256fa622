package org.fer4j.examples.image;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.fer4j.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Reads one image file into an upright picture of eight bits a channel. What is wrong with a file
 * is found as early as possible: a size that can't be handled before a pixel is decoded, and a file
 * that ends early even where its decoder fills the rest with grey.
 *
 * <p>Safe for use by many threads.
 */
public final class ImageDecoder {

  /** The most pixels of an image. */
  static final long MAX_PIXELS = 200_000_000;

  /**
   * What decoders warn of when pixels are wrong; their other warnings are about metadata. The first
   * two are those of the JDK's JPEG reader and its libjpeg, the last that of the JDK's GIF reader.
   */
  private static final List<String> DAMAGE =
      List.of("Truncated File", "Corrupt JPEG data", "Out-of-sequence code");

  /** Part of libjpeg's warning of superfluous bytes, which do no harm. */
  private static final String HARMLESS = "extraneous bytes";

  private static final int RIFF_HEADER = 8;

  private ImageDecoder() {}

  /**
   * Reads the first picture of a file.
   *
   * @return upright, of {@code TYPE_BYTE_GRAY} or {@code TYPE_3BYTE_BGR}
   * @throws UnreadableImageException if there is no such file, it is not an image, too large, cut
   *     off or damaged
   */
  public static BufferedImage decode(Path file) throws UnreadableImageException {
    requireReadable(file);
    try {
      ImageFormat format = format(file);
      return Orientation.of(file, format).upright(OpaqueImages.of(read(file, format)));
    } catch (UnreadableImageException e) {
      throw e;
    } catch (IOException e) {
      throw new UnreadableImageException("can't be read: " + e.getMessage(), e);
    }
  }

  private static void requireReadable(Path file) throws UnreadableImageException {
    if (Files.isSymbolicLink(file) && !Files.exists(file)) {
      throw new UnreadableImageException(
          "is a symbolic link to a file that does not exist: restore the file or remove the link.");
    }
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnreadableImageException("does not exist: check the spelling of the path.");
    }
    if (Files.isDirectory(file)) {
      throw new UnreadableImageException("is a folder, expected an image file.");
    }
    if (!Files.isRegularFile(file)) {
      throw new UnreadableImageException("is not a regular file, expected an image file.");
    }
    if (!Files.isReadable(file)) {
      throw new UnreadableImageException("may not be read by this user: change its permissions.");
    }
  }

  private static ImageFormat format(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(ImageFormat.SIGNATURE_BYTES);
    }
    if (start.length == 0) {
      throw new UnreadableImageException(
          "is empty, expected an image: copy or download the file again.");
    }
    ImageFormat format =
        ImageFormat.of(start)
            .orElseThrow(
                () ->
                    new UnreadableImageException(
                        "looks like %s, expected %s: convert it, or leave it out."
                            .formatted(ImageFormat.guess(start), ImageFormat.NAMES)));
    if (format == ImageFormat.WEBP) {
      requireWholeRiff(file, start);
    }
    return format;
  }

  /** The decoder of lossless WebP reads zeros beyond the end without a word. */
  private static void requireWholeRiff(Path file, byte[] start) throws IOException {
    long expected =
        RIFF_HEADER
            + Integer.toUnsignedLong(
                ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
    if (Files.size(file) < expected) {
      throw cutOff(ImageFormat.WEBP, null);
    }
  }

  private static BufferedImage read(Path file, ImageFormat format) throws IOException {
    ImageReader reader = reader(format);
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage image;
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      reader.setInput(in, true, true);
      requireSize(reader.getWidth(0), reader.getHeight(0));
      image = reader.read(0);
    } catch (UnreadableImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers answer some damaged files with unchecked exceptions.
      throw endsEarly(e) ? cutOff(format, e) : damaged(format, e);
    } finally {
      reader.dispose();
    }
    for (String warning : warnings) {
      if (DAMAGE.stream().anyMatch(warning::contains) && !warning.contains(HARMLESS)) {
        IIOException cause = new IIOException(warning);
        throw warning.contains("Truncated") ? cutOff(format, cause) : damaged(format, cause);
      }
    }
    return image;
  }

  private static ImageReader reader(ImageFormat format) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.readerName());
    if (!readers.hasNext()) {
      throw new UnreadableImageException(
          "is a %s image, but no reader for these is on the class path: add TwelveMonkeys' imageio."
              .formatted(format.title()));
    }
    return readers.next();
  }

  private static void requireSize(int width, int height) throws UnreadableImageException {
    if (width < 1 || height < 1) {
      throw new UnreadableImageException(
          "says that it has %d x %d pixels, expected at least 1 x 1: the file is damaged."
              .formatted(width, height));
    }
    if (width > Frame.MAX_SIZE || height > Frame.MAX_SIZE || (long) width * height > MAX_PIXELS) {
      throw new UnreadableImageException(
          String.format(
              Locale.ROOT,
              "has %,d x %,d pixels, expected at most %,d a side and %,d million in all: scale it down.",
              width,
              height,
              Frame.MAX_SIZE,
              MAX_PIXELS / 1_000_000));
    }
  }

  private static boolean endsEarly(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        return true;
      }
    }
    return false;
  }

  private static UnreadableImageException cutOff(ImageFormat format, @Nullable Throwable cause) {
    return new UnreadableImageException(
        "ends early, expected a complete %s image: copy or download the file again."
            .formatted(format.title()),
        cause);
  }

  private static UnreadableImageException damaged(ImageFormat format, Throwable cause) {
    return new UnreadableImageException(
        "is damaged, expected a complete %s image: copy or download the file again."
            .formatted(format.title()),
        cause);
  }
}
