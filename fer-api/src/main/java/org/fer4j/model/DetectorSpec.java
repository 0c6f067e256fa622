package org.fer4j.model;

import java.util.List;
import org.fer4j.LandmarkLayout;

/**
 * How the outputs of a single-shot detection network are read.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param boxes name of the output [batch, anchors, 4 + 2 x keypoints]: centre x, centre y, width,
 *     height, then x and y of each keypoint; in pixels of the input, positions relative to the
 *     anchor's centre
 * @param scores name of the output [batch, anchors, 1]: logits
 * @param anchors grids of anchors, in the order of the output's rows
 * @param keypoints names, in the order of the output
 * @param scoreThreshold the least score that counts as a face, from 0 to 1
 * @param scoreClip logits are clipped to this distance from 0 before the sigmoid function
 * @param suppressionThreshold boxes with a larger intersection over union are one face
 */
public record DetectorSpec(
    String boxes,
    String scores,
    List<AnchorGrid> anchors,
    LandmarkLayout keypoints,
    float scoreThreshold,
    float scoreClip,
    float suppressionThreshold) {

  /**
   * A grid of anchors over the input: cells row by row, and in each cell several anchors, all in
   * its centre.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param stride side of a cell in pixels of the input, at least 1
   * @param perCell anchors in each cell, at least 1
   */
  public record AnchorGrid(int stride, int perCell) {

    /**
     * Checks both numbers.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public AnchorGrid {
      if (stride < 1 || perCell < 1) {
        throw new IllegalArgumentException(
            "expected a stride and a number of anchors of at least 1, found %d and %d"
                .formatted(stride, perCell));
      }
    }
  }

  /**
   * Copies the grids and checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public DetectorSpec {
    anchors = List.copyOf(anchors);
    if (anchors.isEmpty()) {
      throw new IllegalArgumentException("expected at least one grid of anchors, found none");
    }
    requireFraction("score threshold", scoreThreshold);
    requireFraction("suppression threshold", suppressionThreshold);
    if (!(scoreClip > 0)) {
      throw new IllegalArgumentException("expected a score clip above 0, found " + scoreClip);
    }
  }

  private static void requireFraction(String name, float value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "expected a %s in [0, 1], found %s".formatted(name, value));
    }
  }

  /** Returns the number of anchors for an input of this size. */
  public int anchorCount(int inputSize) {
    int count = 0;
    for (AnchorGrid grid : anchors) {
      int cells = (inputSize + grid.stride() - 1) / grid.stride();
      count += cells * cells * grid.perCell();
    }
    return count;
  }
}
