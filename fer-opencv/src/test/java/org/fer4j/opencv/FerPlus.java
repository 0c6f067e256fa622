package org.fer4j.opencv;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Face crops of the data set FER+, which is not part of this repository. */
final class FerPlus {

  private static final String VARIABLE = "FER4J_FERPLUS";
  private static final long SEED = 3;

  private FerPlus() {}

  /** Returns some validation crops, always the same; skips the test where there is no data set. */
  static List<BufferedImage> crops(int count) throws IOException {
    String data = System.getenv(VARIABLE);
    assumeTrue(
        data != null && Files.exists(Path.of(data)),
        "Set " + VARIABLE + " to FER+ (ferplus.zip or its folder) to run this test.");
    Path path = Path.of(data);
    if (Files.isDirectory(path)) {
      return read(path, count);
    }
    try (FileSystem zip = FileSystems.newFileSystem(path)) {
      return read(zip.getPath("/"), count);
    }
  }

  private static List<BufferedImage> read(Path root, int count) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files =
          new ArrayList<>(
              all.filter(file -> file.toString().contains("FER2013Valid"))
                  .filter(file -> file.toString().endsWith(".png"))
                  .sorted()
                  .toList());
    }
    Collections.shuffle(files, new Random(SEED));
    List<BufferedImage> crops = new ArrayList<>();
    for (Path file : files.subList(0, Math.min(count, files.size()))) {
      try (InputStream stream = Files.newInputStream(file)) {
        crops.add(ImageIO.read(stream));
      }
    }
    return crops;
  }
}
