package org.fer4j.tracking;

import java.util.ArrayList;
import java.util.List;
import org.fer4j.BoundingBox;
import org.fer4j.Face;

/**
 * Tells which face of a frame is which of the frames before, through missed detections, short
 * occlusion and faces that cross, and where faces are in frames that no detector looks at.
 *
 * <p>Each face has a Kalman filter of its middle and its size. A frame's detections are matched to
 * the known faces so that they are most likely together; what is unlikely to be any of them is a
 * new face. After SORT (Bewley et al., <i>Simple Online and Realtime Tracking</i>, 2016), with
 * likelihoods in place of overlaps, which small fast faces don't have, and with time in place of
 * frame numbers.
 *
 * <p>Confined to one thread.
 */
public final class FaceTracker {

  /** So unlikely is a face about eight standard deviations away; it is another one. */
  private static final double TOO_UNLIKELY = 30;

  /** However uncertain the place is; faces side by side are about one side apart. In sides. */
  private static final double TOO_FAR = 1.4;

  /** Beyond this a face may be anywhere near: better look again. In sides. */
  private static final double UNSURE = 0.15;

  private static final double IMPOSSIBLE = 1e6;

  private final TrackerOptions options;
  private final List<Track> tracks = new ArrayList<>();
  private long nextId = 1;
  private long latestNanos = Long.MIN_VALUE;

  /** Creates a tracker that knows no face. */
  public FaceTracker(TrackerOptions options) {
    this.options = options;
  }

  /**
   * Takes in what a detector found in a frame.
   *
   * @param detections all faces of the frame
   * @param timestampNanos when the frame was taken, not before the one of the last call
   * @return the detections in their order, then faces that were not detected and must be there
   * @throws IllegalArgumentException if time goes back
   */
  public List<TrackedFace> update(List<Face> detections, long timestampNanos) {
    advance(timestampNanos);
    int known = tracks.size();
    int[] detectionOf = match(detections);
    Track[] trackOf = new Track[detections.size()];
    for (int t = 0; t < known; t++) {
      Track track = tracks.get(t);
      if (detectionOf[t] == Assignment.NONE) {
        track.missed();
      } else {
        track.detected(detections.get(detectionOf[t]));
        trackOf[detectionOf[t]] = track;
      }
    }
    List<TrackedFace> faces = new ArrayList<>();
    for (int d = 0; d < trackOf.length; d++) {
      Face face = detections.get(d);
      if (trackOf[d] == null) {
        trackOf[d] = new Track(nextId++, face, timestampNanos);
        tracks.add(trackOf[d]);
      }
      faces.add(new TrackedFace(trackOf[d].id(), face, true));
    }
    tracks.stream().filter(track -> track.sinceDetectedNanos() > 0).forEach(t -> add(t, faces));
    return faces;
  }

  /**
   * Tells where faces must be in a frame that no detector looked at.
   *
   * @param timestampNanos when the frame was taken, not before the one of the last call
   * @throws IllegalArgumentException if time goes back
   */
  public List<TrackedFace> predict(long timestampNanos) {
    advance(timestampNanos);
    List<TrackedFace> faces = new ArrayList<>();
    tracks.forEach(track -> add(track, faces));
    return faces;
  }

  /**
   * Tells whether the place of a face that is still reported is so uncertain at a time that a
   * detector had better look.
   *
   * @param timestampNanos when the frame was taken, not before the one of the last call
   * @throws IllegalArgumentException if time goes back
   */
  public boolean isUnsure(long timestampNanos) {
    advance(timestampNanos);
    return tracks.stream()
        .anyMatch(
            track ->
                track.sinceDetectedNanos() <= options.maxPredictedNanos()
                    && track.uncertainty() > UNSURE);
  }

  /** Forgets all faces, for example when the camera changes. Ids go on. */
  public void reset() {
    tracks.clear();
    latestNanos = Long.MIN_VALUE;
  }

  private void add(Track track, List<TrackedFace> faces) {
    if (track.sinceDetectedNanos() <= options.maxPredictedNanos()) {
      faces.add(new TrackedFace(track.id(), track.predicted(), false));
    }
  }

  private void advance(long timestampNanos) {
    if (timestampNanos < latestNanos) {
      throw new IllegalArgumentException(
          "expected a frame of %d ns or later, found one of %d: frames come in the order of time"
              .formatted(latestNanos, timestampNanos));
    }
    latestNanos = timestampNanos;
    tracks.forEach(track -> track.advance(timestampNanos));
    tracks.removeIf(track -> track.sinceDetectedNanos() > options.maxLostNanos());
  }

  private int[] match(List<Face> detections) {
    double[][] costs = new double[tracks.size()][detections.size()];
    for (int t = 0; t < costs.length; t++) {
      Track track = tracks.get(t);
      for (int d = 0; d < costs[t].length; d++) {
        BoundingBox box = detections.get(d).box();
        costs[t][d] = track.distanceTo(box) < TOO_FAR ? track.unlikelihood(box) : IMPOSSIBLE;
      }
    }
    return Assignment.of(costs, TOO_UNLIKELY);
  }
}
