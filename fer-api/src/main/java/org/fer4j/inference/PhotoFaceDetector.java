package org.fer4j.inference;

import java.util.ArrayList;
import java.util.List;
import org.fer4j.BoundingBox;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.RotatedSquare;

/**
 * Finds the faces of a photograph, whatever their size: a near network for faces that fill a good
 * part of the picture, a far network for smaller ones, and tiles of the picture for those that are
 * small in it.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class PhotoFaceDetector implements FaceDetector {

  /*
   * The far network sees faces from about a fourteenth to half of the side of what it looks at.
   * A frame whose smallest wanted face is larger than that is looked at once by each network. A
   * larger frame is also cut into tiles: the finest so small that the smallest wanted face is a
   * fourteenth of their side, each coarser level three times as large, until the whole frame takes
   * over. Tiles overlap by a quarter, more than the largest face that only their own level sees, so
   * that each face is whole in some tile; boxes that are cut by a tile's edge are left to that one.
   */
  private static final int TILE_IN_SMALLEST_FACES = 14;
  private static final double LEVEL_RATIO = 3;
  private static final double TILE_OVERLAP = 0.25;

  /** Frames up to this many finest tiles wide are small: one look is enough. */
  private static final double SMALL_FRAME_IN_TILES = 2;

  /** A face that fills the picture is found with a border around it. */
  private static final double[] BORDERS = {1.5, 2.25};

  private final SingleShotFaceDetector near;
  private final SingleShotFaceDetector far;
  private final int minFaceSize;

  /**
   * Takes both networks and closes them in the end.
   *
   * @param near for faces that fill much of the frame
   * @param far for smaller faces
   * @param minFaceSize in pixels
   */
  PhotoFaceDetector(SingleShotFaceDetector near, SingleShotFaceDetector far, int minFaceSize) {
    this.near = near;
    this.far = far;
    this.minFaceSize = minFaceSize;
  }

  @Override
  public List<Face> detect(Frame frame) {
    RotatedSquare whole = RotatedSquare.around(frame);
    List<Face> candidates = new ArrayList<>();
    near.collect(frame, whole, candidates);
    far.collect(frame, whole, candidates);
    collectFromTiles(frame, candidates);
    for (int i = 0; candidates.isEmpty() && i < BORDERS.length; i++) {
      RotatedSquare bordered =
          new RotatedSquare(
              whole.centerX(),
              whole.centerY(),
              (float) (whole.size() * BORDERS[i]),
              whole.rotationDegrees());
      near.collect(frame, bordered, candidates);
      far.collect(frame, bordered, candidates);
    }
    return NonMaximumSuppression.withoutNested(
        NonMaximumSuppression.weighted(candidates, near.suppressionThreshold()));
  }

  private void collectFromTiles(Frame frame, List<Face> candidates) {
    int longest = Math.max(frame.width(), frame.height());
    double finest = (double) minFaceSize * TILE_IN_SMALLEST_FACES;
    if (longest <= SMALL_FRAME_IN_TILES * finest) {
      return;
    }
    for (double tile = finest; tile * 1.5 < longest; tile *= LEVEL_RATIO) {
      double[] lefts = tileBegins(frame.width(), tile);
      double[] tops = tileBegins(frame.height(), tile);
      for (double top : tops) {
        for (double left : lefts) {
          collectFromTile(frame, left, top, tile, candidates);
        }
      }
    }
  }

  /** Spreads tiles evenly over a length, with at least the wanted overlap. */
  private static double[] tileBegins(int length, double tile) {
    if (length <= tile) {
      return new double[] {(length - tile) / 2};
    }
    int count = (int) Math.ceil((length - tile) / (tile * (1 - TILE_OVERLAP))) + 1;
    double[] begins = new double[count];
    for (int i = 0; i < count; i++) {
      begins[i] = (length - tile) * i / (count - 1);
    }
    return begins;
  }

  private void collectFromTile(
      Frame frame, double left, double top, double tile, List<Face> candidates) {
    int first = candidates.size();
    RotatedSquare square =
        new RotatedSquare(
            (float) (left + tile / 2),
            (float) (top + tile / 2),
            (float) tile,
            -frame.rotationDegrees());
    far.collect(frame, square, candidates);
    candidates
        .subList(first, candidates.size())
        .removeIf(face -> isCut(face.box(), left, top, tile, frame));
  }

  private static boolean isCut(BoundingBox box, double left, double top, double tile, Frame frame) {
    return (left > 0 && box.x() < left)
        || (top > 0 && box.y() < top)
        || (left + tile < frame.width() && box.right() > left + tile)
        || (top + tile < frame.height() && box.bottom() > top + tile);
  }

  @Override
  public void close() {
    try (near;
        far) {
      // Both are closed, even if one of them fails.
    }
  }
}
