package org.fer4j.opencv;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.fer4j.BoundingBox;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.Landmarks;
import org.fer4j.inference.NonMaximumSuppression;

/**
 * OpenCV's Haar cascades (Viola and Jones, 2001; Lienhart and Maydt, 2002): frontal faces, profiles
 * that look to one side and, in the mirrored picture, to the other. For comparison with systems
 * that use them, and where nothing else is to be had: the bundled networks find more faces, and
 * faster. There are no keypoints, so faces are cut by their boxes.
 *
 * <p>The score is the share of true faces among finds as strong as this one, as it was measured by
 * pasting labelled faces into photographs without any; what counts is how many windows saw the face
 * and by how much the best of them passed the last stage. Faces from {@value #SCORE_THRESHOLD} are
 * reported unless the options say otherwise.
 *
 * <p>Frames are scaled so that the smallest wanted face is as large as the cascade's smallest
 * window, but at most to {@value #SIZE} pixels on the longer side: in larger photographs, faces
 * smaller than a fortieth of it are not found. A larger {@link DetectorOptions#minFaceSize()} saves
 * much time.
 *
 * <p>On Linux the presets' library with the cascades needs GTK 2 to be installed; nothing else of
 * this module does.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class HaarFaceDetector implements FaceDetector {

  private static final int SIZE = 800;
  private static final float SCORE_THRESHOLD = 0.5f;
  private static final float SUPPRESSION_THRESHOLD = 0.3f;
  private static final int FLIP_LEFT_RIGHT = 1;

  /** Below twice its smallest size, OpenCV tries a cascade at every second pixel each way only. */
  private static final int WINDOWS_FOR_A_SMALL_ONE = 4;

  /** A single find never is certain. */
  private static final float LARGEST_SCORE = 0.999f;

  /*
   * The cascades were measured, and the numbers below fitted, on FER+ crops of 60 to 240 pixels,
   * turned by up to 15 degrees, each in a photograph without faces of 400 x 400: 150 for the frontal
   * cascade, which has 80 true and 4 false faces from 0.5 on, and 130 for profiles. Of the three
   * good frontal cascades, "alt" has the fewest false faces: "default" finds 52 of the 150 with 7
   * false ones, "alt2" 68 of 130 with 21.
   */
  private static final Cascade FRONTAL =
      new Cascade(
          "haarcascade_frontalface_alt.xml",
          new BoxRule(0, 0.104f, 0.913f, 0.913f),
          -226.658,
          0.948,
          2.093);

  private static final Cascade PROFILE =
      new Cascade(
          "haarcascade_profileface.xml",
          new BoxRule(-0.162f, 0.113f, 0.929f, 0.929f),
          -2.007,
          0.799,
          0.479);

  /**
   * One of OpenCV's cascades, and what its finds mean: the score is a logistic regression over the
   * natural logarithm of the number of windows and the largest weight.
   */
  private record Cascade(
      String file, BoxRule boxRule, double intercept, double perLogCount, double perWeight) {

    float score(int count, double weight) {
      double logit = intercept + perLogCount * Math.log(count) + perWeight * weight;
      return Math.min(LARGEST_SCORE, (float) (1 / (1 + Math.exp(-logit))));
    }
  }

  private final Canvas canvas = new Canvas(SIZE);
  private final HaarCascade frontal;
  private final HaarCascade profile;
  private final Mat mirrored = new Mat();
  private final float scoreThreshold;
  private final int minFaceSize;
  private boolean closed;

  private HaarFaceDetector(HaarCascade frontal, HaarCascade profile, DetectorOptions options) {
    this.frontal = frontal;
    this.profile = profile;
    this.scoreThreshold = (float) options.scoreThreshold().orElse(SCORE_THRESHOLD);
    this.minFaceSize = options.minFaceSize();
  }

  /**
   * Loads the cascades, which the presets' jar contains.
   *
   * @throws org.fer4j.FerException if they, or OpenCV's library for them, can't be loaded
   */
  public static HaarFaceDetector open(DetectorOptions options) {
    OpenCv.loadDetectors(options.runtime());
    HaarCascade frontal = HaarCascade.open(FRONTAL.file);
    try {
      return new HaarFaceDetector(frontal, HaarCascade.open(PROFILE.file), options);
    } catch (RuntimeException | Error e) {
      frontal.close();
      throw e;
    }
  }

  @Override
  public List<Face> detect(Frame frame) {
    if (closed) {
      throw new IllegalStateException("The Haar detector is closed.");
    }
    Placement placement = Placement.of(frame, SIZE, (float) frontal.windowSize() / minFaceSize);
    List<Face> faces = new ArrayList<>();
    try (Mat picture = canvas.draw(frame, placement)) {
      collect(FRONTAL, frontal, picture, placement, faces);
      collect(PROFILE, profile, picture, placement, faces);
      opencv_core.flip(picture, mirrored, FLIP_LEFT_RIGHT);
      collectMirrored(placement, faces);
    }
    return NonMaximumSuppression.withoutNested(
        NonMaximumSuppression.weighted(faces, SUPPRESSION_THRESHOLD));
  }

  private void collect(
      Cascade kind, HaarCascade cascade, Mat picture, Placement placement, List<Face> faces) {
    for (Group group : groups(cascade.windows(picture), cascade.windowSize())) {
      add(kind, group, placement, group.x, kind.boxRule, faces);
    }
  }

  private void collectMirrored(Placement placement, List<Face> faces) {
    for (Group group : groups(profile.windows(mirrored), profile.windowSize())) {
      float left = placement.width() - group.x - group.size;
      add(PROFILE, group, placement, left, PROFILE.boxRule.mirrored(), faces);
    }
  }

  private void add(
      Cascade kind, Group group, Placement placement, float left, BoxRule rule, List<Face> faces) {
    float score = kind.score(group.count, group.weight);
    if (score >= scoreThreshold) {
      BoundingBox box = rule.apply(placement, left, group.y, group.size, group.size);
      faces.add(new Face(box, score, Landmarks.none()));
    }
  }

  /**
   * Windows that see the same face.
   *
   * @param x mean of their left edges, in pixels of the picture
   * @param y mean of their top edges
   * @param size mean of their sides
   * @param count how many there are
   * @param weight the largest
   */
  private record Group(float x, float y, float size, int count, double weight) {}

  private static List<Group> groups(List<HaarCascade.Window> windows, int windowSize) {
    List<HaarCascade.Window> left = new ArrayList<>(windows);
    left.sort(Comparator.comparingDouble(HaarCascade.Window::weight).reversed());
    List<Group> groups = new ArrayList<>();
    List<HaarCascade.Window> others = new ArrayList<>();
    while (!left.isEmpty()) {
      BoundingBox best = box(left.get(0));
      double weight = left.get(0).weight();
      float x = 0;
      float y = 0;
      float size = 0;
      int members = 0;
      int count = 0;
      others.clear();
      for (HaarCascade.Window window : left) {
        if (best.intersectionOverUnion(box(window)) > SUPPRESSION_THRESHOLD) {
          x += window.x();
          y += window.y();
          size += window.size();
          members++;
          count += window.size() < 2 * windowSize ? WINDOWS_FOR_A_SMALL_ONE : 1;
        } else {
          others.add(window);
        }
      }
      groups.add(new Group(x / members, y / members, size / members, count, weight));
      left = new ArrayList<>(others);
    }
    return groups;
  }

  private static BoundingBox box(HaarCascade.Window window) {
    return new BoundingBox(window.x(), window.y(), window.size(), window.size());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      mirrored.close();
      canvas.close();
      frontal.close();
      profile.close();
    }
  }
}
