package org.fer4j.training;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.LabeledImage;
import org.fer4j.training.data.SecondLabels;

/**
 * All crops of a split in memory, 2.3 KB each at 48x48, whatever the size of the images they come
 * from.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param crops in the order of the dataset
 * @param unreadable what was left out, one sentence for each image
 */
public record CropSet(List<Crop> crops, List<String> unreadable) {

  /** Copies both lists. */
  public CropSet {
    crops = List.copyOf(crops);
    unreadable = List.copyOf(unreadable);
  }

  /** Returns a set without crops. */
  public static CropSet empty() {
    return new CropSet(List.of(), List.of());
  }

  /** Returns these crops, then those of another set. */
  public CropSet with(CropSet other) {
    return new CropSet(
        Stream.concat(crops.stream(), other.crops.stream()).toList(),
        Stream.concat(unreadable.stream(), other.unreadable.stream()).toList());
  }

  /**
   * Takes every image whole, as {@link org.fer4j.image.TensorSampler} reads it when the network is
   * used: for datasets of face crops. The edges of an image that is not square are continued.
   *
   * @param size of a side of the crops in pixels
   */
  public static CropSet ofWholeImages(ExpressionDataset dataset, int size) {
    return ofWholeImages(dataset, size, SecondLabels.none());
  }

  /**
   * As {@link #ofWholeImages(ExpressionDataset, int)}, with what other annotators said.
   *
   * @param size of a side of the crops in pixels
   */
  public static CropSet ofWholeImages(ExpressionDataset dataset, int size, SecondLabels second) {
    GreySampler sampler = new GreySampler(size);
    return of(dataset, second, (entry, image) -> Optional.of(sampler.wholeImage(image)));
  }

  /**
   * Reads every image once and keeps what the cropper returns.
   *
   * @param cropper from an image to the grey pixels of its face; empty if it finds none, and then
   *     the image is counted as unreadable
   */
  public static CropSet of(
      ExpressionDataset dataset,
      BiFunction<LabeledImage, BufferedImage, Optional<byte[]>> cropper) {
    return of(dataset, SecondLabels.none(), cropper);
  }

  private static CropSet of(
      ExpressionDataset dataset,
      SecondLabels second,
      BiFunction<LabeledImage, BufferedImage, Optional<byte[]>> cropper) {
    List<Crop> crops = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (LabeledImage entry : dataset.images()) {
      try {
        Optional<byte[]> pixels = cropper.apply(entry, entry.read());
        if (pixels.isPresent()) {
          crops.add(new Crop(pixels.get(), entry.label(), entry.distribution(), second.of(entry)));
        } else {
          unreadable.add(entry.id() + " shows no face");
        }
      } catch (IOException e) {
        unreadable.add(e.getMessage());
      }
    }
    return new CropSet(crops, unreadable);
  }

  /**
   * Returns how often each expression occurs in what is learned: the mean of the distributions.
   *
   * @throws IllegalArgumentException if there is nothing to learn
   */
  public EmotionScores meanDistribution() {
    List<Crop> learnable = learnable();
    if (learnable.isEmpty()) {
      throw new IllegalArgumentException("expected images to train on, found none");
    }
    double[] sums = new double[Emotion.all().size()];
    for (Crop crop : learnable) {
      for (Emotion emotion : Emotion.all()) {
        sums[emotion.ordinal()] += crop.distribution().orElseThrow().of(emotion);
      }
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      means[i] = (float) (sums[i] / learnable.size());
    }
    return EmotionScores.of(means);
  }

  /** Returns the crops that have something to learn. */
  List<Crop> learnable() {
    return crops.stream().filter(crop -> crop.distribution().isPresent()).toList();
  }

  /** Returns the crops that a measurement counts. */
  List<Crop> measurable() {
    return crops.stream().filter(crop -> crop.label().isPresent()).toList();
  }
}
