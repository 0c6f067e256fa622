package org.fer4j.examples.image;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The image formats that are read. A file is what its first bytes say, whatever its name.
 *
 * <p>Immutable and safe for use by many threads.
 */
public enum ImageFormat {
  JPEG("JPEG", "jpeg", "jpg jpeg jpe jfif"),
  PNG("PNG", "png", "png"),
  BMP("BMP", "bmp", "bmp dib"),
  GIF("GIF", "gif", "gif"),
  WEBP("WebP", "webp", "webp");

  /** What messages call all of them. */
  static final String NAMES = "JPEG, PNG, BMP, GIF or WebP";

  /** How many of a file's first bytes {@link #of} wants to see. */
  static final int SIGNATURE_BYTES = 32;

  private final String title;
  private final String readerName;
  private final String extensions;

  ImageFormat(String title, String readerName, String extensions) {
    this.title = title;
    this.readerName = readerName;
    this.extensions = extensions;
  }

  /** Returns the name for people. */
  String title() {
    return title;
  }

  /** Returns the name by which ImageIO finds readers. */
  String readerName() {
    return readerName;
  }

  /** Tells whether a file is named like an image of these formats. */
  static boolean isNamedLikeImage(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return name.indexOf('.') >= 0
        && Arrays.stream(values())
            .anyMatch(format -> List.of(format.extensions.split(" ")).contains(extension));
  }

  /** Returns the format whose signature a file begins with, or empty if it is none of these. */
  static Optional<ImageFormat> of(byte[] start) {
    if (begins(start, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (begins(start, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (begins(start, "GIF87a") || begins(start, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (begins(start, "RIFF") && holds(start, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    // Two letters may begin a text: a bitmap's reserved bytes are zero.
    if (begins(start, "BM") && holds(start, 6, "\0\0\0\0")) {
      return Optional.of(BMP);
    }
    return Optional.empty();
  }

  /** Says what a file that is none of these formats seems to be. */
  static String guess(byte[] start) {
    if (holds(start, 4, "ftyphei") || holds(start, 4, "ftypmif1") || holds(start, 4, "ftyphev")) {
      return "a HEIC image";
    }
    if (holds(start, 4, "ftypavif") || holds(start, 4, "ftypavis")) {
      return "an AVIF image";
    }
    if (holds(start, 4, "ftyp") || begins(start, "\u001aE\u00df\u00a3") || begins(start, "RIFF")) {
      return "a video or sound file";
    }
    if (begins(start, "II*\0") || begins(start, "MM\0*")) {
      return "a TIFF or camera raw image";
    }
    if (begins(start, "%PDF")) {
      return "a PDF document";
    }
    if (begins(start, "PK\u0003\u0004") || begins(start, "\u001f\u008b")) {
      return "an archive";
    }
    if (isText(start)) {
      return "a text file";
    }
    return "a file of another kind";
  }

  private static boolean isText(byte[] start) {
    for (byte value : start) {
      boolean space = value == '\n' || value == '\r' || value == '\t';
      if (value >= 0 && value < ' ' && !space) {
        return false;
      }
    }
    return true;
  }

  private static boolean begins(byte[] bytes, String latin1) {
    return holds(bytes, 0, latin1);
  }

  private static boolean holds(byte[] bytes, int at, String latin1) {
    byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= at + wanted.length
        && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
  }
}
