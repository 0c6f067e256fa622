package org.fer4j.training.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** An image in a file, inside a zip as well. */
record ImageFile(Path path) implements ImageSource {

  @Override
  public BufferedImage read() throws IOException {
    BufferedImage image;
    try (InputStream in = Files.newInputStream(path)) {
      image = ImageIO.read(in);
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers answer some corrupt files with unchecked exceptions.
      throw new IOException("%s can't be read as an image: %s".formatted(path, e.getMessage()), e);
    }
    if (image == null) {
      throw new IOException(path + " is not an image of a known format");
    }
    return image;
  }
}
