package org.fer4j.examples.drawing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import javax.imageio.stream.ImageOutputStream;
import org.fer4j.FaceResult;
import org.fer4j.examples.image.ImageFile;

/**
 * Where annotated pictures are written: a JPEG stays one, all else becomes a PNG. Folders below the
 * one that was searched are kept; equal names get a number; a file that is analysed is never
 * overwritten.
 *
 * <p>Safe for use by many threads.
 */
public final class AnnotationFolder {

  private static final float JPEG_QUALITY = 0.92f;

  private final Map<Path, Path> targets;
  private final AtomicInteger written = new AtomicInteger();

  private AnnotationFolder(Map<Path, Path> targets) {
    this.targets = targets;
  }

  /**
   * Makes the folder if it is missing, and decides all names at once, so that they do not depend on
   * the order of writing.
   *
   * @throws IOException if the folder can't be made
   */
  public static AnnotationFolder create(Path folder, List<ImageFile> files) throws IOException {
    Files.createDirectories(folder);
    Set<String> taken = new HashSet<>();
    for (ImageFile file : files) {
      taken.add(key(file.path()));
    }
    Map<Path, Path> targets = new HashMap<>();
    for (ImageFile file : files) {
      if (file.problem().isEmpty() && !targets.containsKey(file.path())) {
        targets.put(file.path(), freeTarget(folder, file, taken));
      }
    }
    return new AnnotationFolder(targets);
  }

  private static Path freeTarget(Path folder, ImageFile file, Set<String> taken) {
    String name = String.valueOf(file.relative().getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String suffix = isNamedJpeg(name) ? ".jpg" : ".png";
    Path wished = folder.resolve(file.relative());
    for (int number = 1; ; number++) {
      Path target = wished.resolveSibling(stem + (number == 1 ? "" : "-" + number) + suffix);
      if (taken.add(key(target))) {
        return target;
      }
    }
  }

  private static boolean isNamedJpeg(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".jpg") || lower.endsWith(".jpeg") || lower.endsWith(".jpe");
  }

  /** Tells files apart also where the file system does not look at the case. */
  private static String key(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Path parent = absolute.getParent();
      if (parent != null && Files.exists(parent)) {
        absolute = parent.toRealPath().resolve(String.valueOf(absolute.getFileName()));
      }
    } catch (IOException e) {
      // The path as it was written is the best there is.
      return absolute.toString().toLowerCase(Locale.ROOT);
    }
    return absolute.toString().toLowerCase(Locale.ROOT);
  }

  /** Returns where the picture of a file is written. */
  public Path pathOf(ImageFile file) {
    Path target = targets.get(file.path());
    if (target == null) {
      throw new IllegalArgumentException("expected one of the files, found " + file.path());
    }
    return target;
  }

  /**
   * Draws and writes one picture; an older one of the same name is replaced as a whole.
   *
   * @throws IOException if it can't be written
   */
  public void write(ImageFile file, BufferedImage image, List<FaceResult> faces)
      throws IOException {
    Path target = pathOf(file);
    BufferedImage picture = FaceAnnotator.draw(image, faces);
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path part =
        target.resolveSibling(target.getFileName() + "." + written.incrementAndGet() + ".part");
    try {
      encode(picture, target.toString().endsWith(".jpg") ? "jpeg" : "png", part);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void encode(BufferedImage picture, String format, Path file) throws IOException {
    ImageWriter writer =
        ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(picture), format).next();
    try (ImageOutputStream out = new FileImageOutputStream(file.toFile())) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(JPEG_QUALITY);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
  }
}
