package org.fer4j.tracking;

import org.fer4j.BoundingBox;
import org.fer4j.Face;
import org.fer4j.Landmarks;

/**
 * One face over time: where its middle is, how large it is, and how both change.
 *
 * <p>Confined to one thread.
 */
final class Track {

  /** Measured on BlazeFace: how far boxes of a still face jump, as a share of the side. */
  private static final double BOX_NOISE = 0.04;

  /** A head seldom crosses two of its own sizes in a second: twice this. */
  private static final double SPEED = 1;

  /** It turns round within a second. */
  private static final double ACCELERATION = 1;

  /** Of the logarithm of the side: a face comes nearer slowly. */
  private static final double SIZE_SPEED = 0.5;

  private static final double SIZE_ACCELERATION = 0.7;

  /** A face that is not seen is soon taken to have stopped. */
  private static final double COASTING_SECONDS = 0.5;

  /** Each time that a face was missed makes it likelier that it is hidden. */
  private static final double UNSEEN = 1;

  private static final int MOST_UNSEEN = 4;

  private final long id;
  private final MotionFilter x;
  private final MotionFilter y;
  private final MotionFilter size;
  private Face last;
  private long timestampNanos;
  private long detectedNanos;
  private int missed;

  Track(long id, Face face, long timestampNanos) {
    this.id = id;
    this.last = face;
    this.timestampNanos = timestampNanos;
    this.detectedNanos = timestampNanos;
    double side = side(face.box());
    x = motion(face.box().centerX(), side);
    y = motion(face.box().centerY(), side);
    size = new MotionFilter(Math.log(side), BOX_NOISE, SIZE_SPEED, SIZE_ACCELERATION);
  }

  private static MotionFilter motion(double position, double side) {
    return new MotionFilter(position, BOX_NOISE * side, SPEED * side, ACCELERATION * side);
  }

  static double side(BoundingBox box) {
    return Math.sqrt(box.area());
  }

  long id() {
    return id;
  }

  long sinceDetectedNanos() {
    return timestampNanos - detectedNanos;
  }

  /** Moves on to a time; earlier ones change nothing. */
  void advance(long nanos) {
    double seconds = (nanos - timestampNanos) / 1e9;
    if (seconds <= 0) {
      return;
    }
    for (MotionFilter filter : new MotionFilter[] {x, y, size}) {
      filter.advance(seconds);
      if (missed > 0) {
        filter.slowDown(seconds, COASTING_SECONDS);
      }
    }
    timestampNanos = nanos;
  }

  void detected(Face face) {
    double noise = BOX_NOISE * side(face.box());
    x.correct(face.box().centerX(), noise);
    y.correct(face.box().centerY(), noise);
    size.correct(Math.log(side(face.box())), BOX_NOISE);
    last = face;
    detectedNanos = timestampNanos;
    missed = 0;
  }

  /** Notes that a detector looked and did not find the face. */
  void missed() {
    missed++;
  }

  /** Returns how unlikely this face is to be seen there, a negative logarithm. */
  double unlikelihood(BoundingBox box) {
    double noise = BOX_NOISE * side(box);
    double unseen = UNSEEN * Math.min(MOST_UNSEEN, missed);
    return unseen
        + x.unlikelihood(box.centerX(), noise)
        + y.unlikelihood(box.centerY(), noise)
        + size.unlikelihood(Math.log(side(box)), BOX_NOISE);
  }

  /** Returns how far the middle of a face is from here, in sides. */
  double distanceTo(BoundingBox box) {
    double away = Math.hypot(box.centerX() - x.position(), box.centerY() - y.position());
    return away / Math.exp(size.position());
  }

  /** Returns how uncertain the place is, a standard deviation in sides. */
  double uncertainty() {
    return Math.hypot(x.deviation(), y.deviation()) / Math.exp(size.position());
  }

  /** Returns the last detection moved and resized to where the face must be. */
  Face predicted() {
    BoundingBox box = last.box();
    double scale = Math.exp(size.position()) / side(box);
    float width = (float) (box.width() * scale);
    float height = (float) (box.height() * scale);
    BoundingBox moved =
        new BoundingBox(
            (float) x.position() - width / 2, (float) y.position() - height / 2, width, height);
    return new Face(moved, last.score(), moved(last.keypoints(), box, moved, (float) scale));
  }

  private static Landmarks moved(Landmarks points, BoundingBox from, BoundingBox to, float scale) {
    float[] coordinates = new float[2 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      coordinates[2 * i] = to.x() + scale * (points.x(i) - from.x());
      coordinates[2 * i + 1] = to.y() + scale * (points.y(i) - from.y());
    }
    return Landmarks.of(points.layout(), coordinates);
  }
}
