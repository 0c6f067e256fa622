package org.fer4j.training.augmentation;

import static org.fer4j.training.augmentation.GreySquare.between;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.random.RandomGenerator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.fer4j.training.internal.Filter;
import org.fer4j.training.internal.Ranges;

/**
 * What a poor camera, a far face and a small file do to an image. Each amount is the worst; the
 * actual one is drawn evenly between none and that.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param blurProbability how often the image is blurred, 0 to 1
 * @param blur standard deviation of the Gaussian as a share of the side, 0 to 0.2
 * @param lowResolutionProbability how often it is made smaller and enlarged again, 0 to 1
 * @param lowResolution smallest share of the side that is left then, 0.05 to 1
 * @param noiseProbability how often noise is added, 0 to 1
 * @param noise its standard deviation in grey values, 0 to 100
 * @param compressionProbability how often it goes through JPEG, 0 to 1
 * @param compression lowest quality then, 0.01 to 1
 */
public record Quality(
    double blurProbability,
    double blur,
    double lowResolutionProbability,
    double lowResolution,
    double noiseProbability,
    double noise,
    double compressionProbability,
    double compression) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Quality {
    Ranges.require("blurProbability", blurProbability, 0, 1);
    Ranges.require("blur", blur, 0, 0.2);
    Ranges.require("lowResolutionProbability", lowResolutionProbability, 0, 1);
    Ranges.require("lowResolution", lowResolution, 0.05, 1);
    Ranges.require("noiseProbability", noiseProbability, 0, 1);
    Ranges.require("noise", noise, 0, 100);
    Ranges.require("compressionProbability", compressionProbability, 0, 1);
    Ranges.require("compression", compression, 0.01, 1);
  }

  /** Returns one that changes nothing. */
  public static Quality none() {
    return new Quality(0, 0, 0, 1, 0, 0, 0, 1);
  }

  void apply(GreySquare image, RandomGenerator random) {
    if (random.nextDouble() < blurProbability) {
      blur(image, blur * random.nextDouble() * image.size());
    }
    if (random.nextDouble() < lowResolutionProbability) {
      reduce(image, (int) Math.round(between(random, lowResolution, 1) * image.size()));
    }
    if (random.nextDouble() < noiseProbability) {
      double deviation = noise * random.nextDouble();
      for (int i = 0; i < image.values().length; i++) {
        image.set(i, image.values()[i] + deviation * random.nextGaussian());
      }
    }
    if (random.nextDouble() < compressionProbability) {
      compress(image, (float) between(random, compression, 1));
    }
  }

  private static void blur(GreySquare image, double deviation) {
    if (deviation > 0) {
      Filter gaussian = Filter.gaussian(image.size(), deviation);
      image.set(Filter.apply(image.values(), 1, gaussian, gaussian));
    }
  }

  private static void reduce(GreySquare image, int side) {
    int size = image.size();
    if (side >= 1 && side < size) {
      Filter smaller = Filter.linear(size, side);
      Filter larger = Filter.linear(side, size);
      float[] small = Filter.apply(image.values(), 1, smaller, smaller);
      image.set(Filter.apply(small, 1, larger, larger));
    }
  }

  private static void compress(GreySquare image, float quality) {
    int size = image.size();
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setPixels(0, 0, size, size, image.values());
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageWriteParam options = writer.getDefaultWriteParam();
      options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      options.setCompressionQuality(quality);
      try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
        writer.setOutput(out);
        writer.write(null, new IIOImage(picture, null, null), options);
      }
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
      read.getRaster().getPixels(0, 0, size, size, image.values());
    } catch (IOException e) {
      throw new UncheckedIOException("an image in memory can't be compressed", e);
    } finally {
      writer.dispose();
    }
  }
}
