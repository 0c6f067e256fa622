package org.fer4j.smoothing;

import org.fer4j.BoundingBox;
import org.fer4j.FaceMesh;

/**
 * Steadies the mesh of one face: a still face's points do not tremble, and lids and lips hardly
 * lag. Each coordinate has a One Euro filter, whose speed is in sides of the face's first box.
 *
 * <p>Confined to one thread.
 */
public final class MeshSmoother {

  /**
   * How much the cutoff rises as a point moves, in hertz for each side by second; the cutoff at
   * rest is that of boxes. A lid travels a twentieth of a side in a tenth of a second: with the
   * boxes' coefficient a blink would be half gone.
   */
  private static final double SPEED_COEFFICIENT = 60;

  private static final double NANOS_PER_SECOND = 1e9;

  private final SmoothingOptions options;
  private final double side;
  private OneEuroFilter[] filters = {};
  private long latestNanos;

  /**
   * Creates one for a face that was not seen before.
   *
   * @param box of the face: what is slow and fast is measured by its size
   */
  public MeshSmoother(SmoothingOptions options, BoundingBox box) {
    this.options = options;
    this.side = Math.sqrt(box.area());
  }

  /**
   * Takes in the mesh of a frame and returns the one to show.
   *
   * @param timestampNanos when the frame was taken; one that is not after the last call's changes
   *     nothing, and the mesh is returned as it is
   */
  public FaceMesh smooth(FaceMesh mesh, long timestampNanos) {
    float[] values = mesh.toArray();
    if (filters.length == 0) {
      filters = new OneEuroFilter[values.length];
      for (int i = 0; i < filters.length; i++) {
        filters[i] =
            new OneEuroFilter(values[i], options.boxCutoffHertz(), SPEED_COEFFICIENT / side);
      }
      latestNanos = timestampNanos;
      return mesh;
    }
    double seconds = (timestampNanos - latestNanos) / NANOS_PER_SECOND;
    if (seconds <= 0) {
      return mesh;
    }
    latestNanos = timestampNanos;
    for (int i = 0; i < filters.length; i++) {
      values[i] = (float) filters[i].filter(values[i], seconds);
    }
    return FaceMesh.of(mesh.presence(), values);
  }

  /**
   * Forgets what it knows, for example when the face was not seen: the next mesh is taken as it is.
   */
  public void reset() {
    filters = new OneEuroFilter[0];
  }
}
