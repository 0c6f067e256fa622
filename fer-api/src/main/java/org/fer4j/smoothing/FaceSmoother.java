package org.fer4j.smoothing;

import java.util.ArrayList;
import java.util.List;
import org.fer4j.BoundingBox;
import org.fer4j.Face;
import org.fer4j.Landmarks;

/**
 * Steadies box and keypoints of one face: a still face's box does not tremble, a moving one's
 * hardly lags. Each coordinate has a One Euro filter, whose speed is in sides of the first box.
 *
 * <p>Confined to one thread.
 */
public final class FaceSmoother {

  private static final double NANOS_PER_SECOND = 1e9;

  /** Middle, width and height. */
  private static final int BOX = 4;

  private final SmoothingOptions options;
  private final List<OneEuroFilter> filters = new ArrayList<>();
  private long latestNanos;

  /** Creates one for a face that was not seen before. */
  public FaceSmoother(SmoothingOptions options) {
    this.options = options;
  }

  /**
   * Takes in where a face is in a frame and returns where it is shown.
   *
   * @param face with as many keypoints as in the first call
   * @param timestampNanos when the frame was taken; one that is not after the last call's changes
   *     nothing, and the face is returned as it is
   * @throws IllegalArgumentException if the number of keypoints changes
   */
  public Face smooth(Face face, long timestampNanos) {
    double[] values = values(face);
    if (filters.isEmpty()) {
      start(face.box(), values);
      latestNanos = timestampNanos;
      return face;
    }
    if (values.length != filters.size()) {
      throw new IllegalArgumentException(
          "expected %d keypoints as before, found %d: a smoother is for one face"
              .formatted((filters.size() - BOX) / 2, face.keypoints().size()));
    }
    double seconds = (timestampNanos - latestNanos) / NANOS_PER_SECOND;
    if (seconds <= 0) {
      return face;
    }
    latestNanos = timestampNanos;
    for (int i = 0; i < values.length; i++) {
      values[i] = filters.get(i).filter(values[i], seconds);
    }
    return face(values, face);
  }

  private void start(BoundingBox box, double[] values) {
    double side = Math.sqrt(box.area());
    for (double value : values) {
      filters.add(
          new OneEuroFilter(value, options.boxCutoffHertz(), options.boxSpeedCoefficient() / side));
    }
  }

  private static double[] values(Face face) {
    BoundingBox box = face.box();
    Landmarks points = face.keypoints();
    double[] values = new double[BOX + 2 * points.size()];
    values[0] = box.centerX();
    values[1] = box.centerY();
    values[2] = box.width();
    values[3] = box.height();
    for (int i = 0; i < points.size(); i++) {
      values[BOX + 2 * i] = points.x(i);
      values[BOX + 2 * i + 1] = points.y(i);
    }
    return values;
  }

  private static Face face(double[] values, Face like) {
    float width = (float) values[2];
    float height = (float) values[3];
    float[] coordinates = new float[values.length - BOX];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = (float) values[BOX + i];
    }
    return new Face(
        new BoundingBox(
            (float) values[0] - width / 2, (float) values[1] - height / 2, width, height),
        like.score(),
        Landmarks.of(like.keypoints().layout(), coordinates));
  }
}
