package org.fer4j.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Describes a patch of {@value #SIZE} x {@value #SIZE} grey values by three kinds of features.
 *
 * <p>Histograms of oriented gradients: each pixel's gradient (central differences) counts with its
 * magnitude for the two nearest of eight unsigned orientations of the cell that it lies in. The
 * histograms of all cells together are divided by their length, cut at 0.2 and divided again
 * (Dalal, Triggs, CVPR 2005), with one block for the whole patch.
 *
 * <p>Local binary patterns: each pixel is compared with its eight neighbours two pixels away; the
 * 58 patterns with at most two changes around the circle have a bin each, all others share one. The
 * root of each bin's share (Ojala et al., PAMI 24, 2002; Arandjelovic, Zisserman, CVPR 2012).
 *
 * <p>Intensities relative to the face: mean, standard deviation, tenth and ninetieth percentile.
 *
 * <p>Confined: one thread may use it at a time.
 */
final class TextureDescriptor {

  /** Side of the grey values that a patch is read as. */
  static final int SIZE = 32;

  static final int ORIENTATIONS = 8;
  static final int PATTERN_BINS = 59;

  private static final String HOG = "Dalal, Triggs, CVPR 2005";
  private static final String LBP = "Ojala, Pietikainen, Maenpaa, PAMI 24, 2002";
  private static final List<String> INTENSITIES = List.of("mean", "deviation", "dark", "bright");
  private static final float CLIP = 0.2f;

  /** Keeps an even patch from being divided by nothing, in grey values. */
  private static final float LEAST_CONTRAST = 1;

  private static final int RADIUS = 2;
  private static final int NEIGHBOURS = 8;
  private static final int[] AROUND_X = {2, 2, 0, -2, -2, -2, 0, 2};
  private static final int[] AROUND_Y = {0, 2, 2, 2, 0, -2, -2, -2};
  private static final int[] BIN_OF_PATTERN = binOfPattern();

  private final float[] sorted = new float[SIZE * SIZE];

  /** Numbers the uniform patterns in ascending order; all others get the last bin. */
  private static int[] binOfPattern() {
    int[] bins = new int[1 << NEIGHBOURS];
    int next = 0;
    for (int pattern = 0; pattern < bins.length; pattern++) {
      int turned = ((pattern << 1) | (pattern >> (NEIGHBOURS - 1))) & (bins.length - 1);
      bins[pattern] = Integer.bitCount(pattern ^ turned) <= 2 ? next++ : PATTERN_BINS - 1;
    }
    return bins;
  }

  /** Returns the features of a patch in the order in which {@link #describe} writes them. */
  static List<Feature> features(Patch patch) {
    List<Feature> features = new ArrayList<>();
    for (int cell = 0; cell < patch.cells * patch.cells; cell++) {
      for (int orientation = 0; orientation < ORIENTATIONS; orientation++) {
        features.add(
            feature(
                "%s_hog_%d_%d_%d"
                    .formatted(patch.label(), cell / patch.cells, cell % patch.cells, orientation),
                "share",
                "gradients of cell row, column, orientation, of %1$d x %1$d cells"
                    .formatted(patch.cells),
                HOG));
      }
    }
    for (int bin = 0; bin < PATTERN_BINS; bin++) {
      features.add(
          feature(
              "%s_lbp_%d".formatted(patch.label(), bin),
              "root of share",
              "pixels with the uniform pattern of this number; the last bin has all others",
              LBP));
    }
    for (String kind : INTENSITIES) {
      features.add(
          feature(
              "%s_%s".formatted(patch.label(), kind),
              "standard deviations of the face",
              "mean, deviation, tenth and ninetieth percentile of the patch, relative to the face",
              "first-order statistics"));
    }
    return features;
  }

  private static Feature feature(String name, String unit, String formula, String source) {
    return new Feature(name, Feature.Group.APPEARANCE, unit, formula, source);
  }

  /** Returns how many features a patch has. */
  static int length(Patch patch) {
    return patch.cells * patch.cells * ORIENTATIONS + PATTERN_BINS + INTENSITIES.size();
  }

  /**
   * Writes a patch's features.
   *
   * @param grey the patch's values, 0 to 255, row by row
   * @param face the values of the whole face, which intensities are relative to
   */
  void describe(Patch patch, float[] grey, float[] face, float[] target, int index) {
    int hog = patch.cells * patch.cells * ORIENTATIONS;
    Arrays.fill(target, index, index + length(patch), 0);
    gradients(patch.cells, grey, target, index);
    normalize(target, index, hog);
    patterns(grey, target, index + hog);
    intensities(grey, face, target, index + hog + PATTERN_BINS);
  }

  private static void gradients(int cells, float[] grey, float[] target, int index) {
    for (int y = 0; y < SIZE; y++) {
      int above = Math.max(0, y - 1) * SIZE;
      int below = Math.min(SIZE - 1, y + 1) * SIZE;
      int cellRow = y * cells / SIZE * cells;
      for (int x = 0; x < SIZE; x++) {
        float dx = grey[y * SIZE + Math.min(SIZE - 1, x + 1)] - grey[y * SIZE + Math.max(0, x - 1)];
        float dy = grey[below + x] - grey[above + x];
        double turns = Math.atan2(dy, dx) / Math.PI;
        double place = (turns < 0 ? turns + 1 : turns) * ORIENTATIONS;
        int lower = (int) place;
        float magnitude = (float) Math.sqrt(dx * dx + dy * dy);
        float upperShare = (float) (place - lower);
        int cell = index + (cellRow + x * cells / SIZE) * ORIENTATIONS;
        target[cell + lower % ORIENTATIONS] += magnitude * (1 - upperShare);
        target[cell + (lower + 1) % ORIENTATIONS] += magnitude * upperShare;
      }
    }
  }

  private static void normalize(float[] target, int index, int length) {
    divideByLength(target, index, length, SIZE * LEAST_CONTRAST);
    for (int i = index; i < index + length; i++) {
      target[i] = Math.min(CLIP, target[i]);
    }
    divideByLength(target, index, length, 0.01f);
  }

  private static void divideByLength(float[] target, int index, int length, float least) {
    double squares = least * least;
    for (int i = index; i < index + length; i++) {
      squares += target[i] * target[i];
    }
    float factor = (float) (1 / Math.sqrt(squares));
    for (int i = index; i < index + length; i++) {
      target[i] *= factor;
    }
  }

  private static void patterns(float[] grey, float[] target, int index) {
    int counted = SIZE - 2 * RADIUS;
    for (int y = RADIUS; y < SIZE - RADIUS; y++) {
      for (int x = RADIUS; x < SIZE - RADIUS; x++) {
        float center = grey[y * SIZE + x];
        int pattern = 0;
        for (int i = 0; i < NEIGHBOURS; i++) {
          if (grey[(y + AROUND_Y[i]) * SIZE + x + AROUND_X[i]] >= center) {
            pattern |= 1 << i;
          }
        }
        target[index + BIN_OF_PATTERN[pattern]]++;
      }
    }
    for (int i = index; i < index + PATTERN_BINS; i++) {
      target[i] = (float) Math.sqrt(target[i] / (counted * counted));
    }
  }

  private void intensities(float[] grey, float[] face, float[] target, int index) {
    float faceMean = mean(face);
    float scale = 1 / Math.max(LEAST_CONTRAST, deviation(face, faceMean));
    float mean = mean(grey);
    System.arraycopy(grey, 0, sorted, 0, grey.length);
    Arrays.sort(sorted);
    target[index] = (mean - faceMean) * scale;
    target[index + 1] = deviation(grey, mean) * scale;
    target[index + 2] = (sorted[sorted.length / 10] - faceMean) * scale;
    target[index + 3] = (sorted[sorted.length * 9 / 10] - faceMean) * scale;
  }

  private static float mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) (sum / values.length);
  }

  private static float deviation(float[] values, float mean) {
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return (float) Math.sqrt(sum / values.length);
  }
}
