package org.fer4j.training.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.fer4j.Emotion;

/** Writes small datasets of generated images in the layouts that users have. */
public final class DatasetFiles {

  private DatasetFiles() {}

  /** Writes a PNG of random grey values. */
  public static void png(Path file, int width, int height, long seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = new byte[width * height];
    new Random(seed).nextBytes(pixels);
    image.getRaster().setDataElements(0, 0, width, height, pixels);
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a folder as FER+ has it, with one image for each list of votes. */
  public static void ferPlus(Path folder, String... votes) {
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < votes.length; i++) {
      String name = "fer%07d.png".formatted(i);
      png(folder.resolve(name), 48, 48, i);
      labels.append(name).append(",\"(0, 0, 48, 48)\",").append(votes[i]).append('\n');
    }
    text(folder.resolve("label.csv"), labels.toString());
  }

  /** Writes a text file. */
  public static void text(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Packs a folder's content, below a folder of that name if one is given. */
  public static void zip(Path folder, Path zip, String... below) {
    try (FileSystem target =
            FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of("create", "true"));
        var stream = Files.walk(folder)) {
      Path root = target.getPath("/", below);
      Files.createDirectories(root);
      for (Path file : (Iterable<Path>) stream.skip(1)::iterator) {
        Path copy = root.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a line of fer2013.csv with all pixels of one value. */
  public static String csvRow(int emotion, int pixel, String usage) {
    return "%d,%s,%s\n"
        .formatted(
            emotion,
            String.join(" ", Collections.nCopies(48 * 48, Integer.toString(pixel))),
            usage);
  }

  static List<String> labels(ExpressionDataset dataset) {
    return dataset.images().stream()
        .map(image -> image.label().map(Emotion::label).orElse("-"))
        .toList();
  }
}
