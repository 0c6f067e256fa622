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
    int radius = (int) Math.ceil(3 * deviation);
    if (radius == 0) {
      return;
    }
    float[] weights = new float[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      weights[i + radius] = (float) Math.exp(-0.5 * i * i / (deviation * deviation));
      sum += weights[i + radius];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] / sum);
    }
    float[] rows = new float[image.values().length];
    convolve(image.values(), rows, image.size(), image.size(), 1, weights);
    convolve(rows, image.values(), image.size(), 1, image.size(), weights);
  }

  /** Lines lie {@code line} values apart, the values of a line {@code step}. */
  private static void convolve(
      float[] from, float[] to, int size, int line, int step, float[] weights) {
    int radius = weights.length / 2;
    for (int l = 0; l < size; l++) {
      for (int i = 0; i < size; i++) {
        float sum = 0;
        for (int k = -radius; k <= radius; k++) {
          int place = Math.max(0, Math.min(size - 1, i + k));
          sum += weights[k + radius] * from[l * line + place * step];
        }
        to[l * line + i * step] = Math.min(255, sum);
      }
    }
  }

  /** Averages over areas down to the smaller side, then interpolates between their centres. */
  private static void reduce(GreySquare image, int side) {
    int size = image.size();
    if (side < 1 || side >= size) {
      return;
    }
    float[] small = new float[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        small[y * side + x] = average(image, x, y, (double) size / side);
      }
    }
    for (int y = 0; y < size; y++) {
      double sy = Math.max(0, Math.min(side - 1, (y + 0.5) * side / size - 0.5));
      int top = (int) sy;
      int low = Math.min(side - 1, top + 1);
      for (int x = 0; x < size; x++) {
        double sx = Math.max(0, Math.min(side - 1, (x + 0.5) * side / size - 0.5));
        int left = (int) sx;
        int right = Math.min(side - 1, left + 1);
        double fx = sx - left;
        double upper = (1 - fx) * small[top * side + left] + fx * small[top * side + right];
        double lower = (1 - fx) * small[low * side + left] + fx * small[low * side + right];
        image.set(y * size + x, upper + (sy - top) * (lower - upper));
      }
    }
  }

  private static float average(GreySquare image, int x, int y, double area) {
    double sum = 0;
    double weight = 0;
    for (int j = (int) (y * area); j < Math.min(image.size(), Math.ceil((y + 1) * area)); j++) {
      double high = Math.min(j + 1, (y + 1) * area) - Math.max(j, y * area);
      for (int i = (int) (x * area); i < Math.min(image.size(), Math.ceil((x + 1) * area)); i++) {
        double wide = Math.min(i + 1, (x + 1) * area) - Math.max(i, x * area);
        sum += high * wide * image.values()[j * image.size() + i];
        weight += high * wide;
      }
    }
    return (float) (sum / weight);
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
