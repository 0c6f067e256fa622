package org.fer4j.training.quality;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Drawn pictures: each seed is another one. */
final class Faces {

  private static final int SIDE = 48;
  private static final int SHAPES = 25;

  private Faces() {}

  /** Draws a picture of random ellipses. */
  static BufferedImage picture(long seed) {
    return picture(seed, 0);
  }

  /** Draws the same picture, cut a little farther to the left. */
  static BufferedImage picture(long seed, int shift) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, SIDE, SIDE);
    graphics.translate(shift, 0);
    for (int i = 0; i < SHAPES; i++) {
      int grey = 30 + random.nextInt(196);
      graphics.setColor(new Color(grey, grey, grey));
      graphics.fillOval(
          random.nextInt(56) - 14,
          random.nextInt(56) - 14,
          5 + random.nextInt(20),
          5 + random.nextInt(20));
    }
    graphics.dispose();
    return image;
  }

  /** Changes the light. */
  static BufferedImage lit(BufferedImage image, float gain, float offset) {
    return new RescaleOp(gain, offset, null).filter(image, null);
  }

  /** Compresses as a JPEG does. */
  static BufferedImage compressed(BufferedImage image, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
      out.flush();
      return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
  }

  /** Makes an image of one grey. */
  static BufferedImage blank(int grey) {
    return lit(picture(0), 0, grey);
  }

  static void write(BufferedImage image, Path file) {
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
