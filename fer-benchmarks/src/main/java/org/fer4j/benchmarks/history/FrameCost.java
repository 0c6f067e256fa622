package org.fer4j.benchmarks.history;

/**
 * What a frame of 640 x 480 costs with the live networks on one thread.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param faces1 with one face in the frame
 * @param faces8 with eight faces
 * @param bytesPerFrame allocated on Java's heap for a frame with one face
 * @param modelRunsPerFrame runs of networks for a frame with one face
 */
public record FrameCost(Share faces1, Share faces8, long bytesPerFrame, double modelRunsPerFrame) {

  /**
   * A frame beside its networks.
   *
   * @param frameUs microseconds of the whole frame
   * @param modelsUs microseconds of the bare runs of its networks
   * @param ratio how many times as long the frame takes
   */
  public record Share(double frameUs, double modelsUs, double ratio) {}

  /** Returns one line of JSON. */
  public String toJson() {
    return Json.line(this);
  }
}
