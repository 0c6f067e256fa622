package org.fer4j.live;

import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.video.VideoResult;

/**
 * Takes what a {@link LiveFramePipeline} finds. Calls come one after the other, in the order in
 * which the frames were taken, and no frame is looked at before the call for the last one has
 * returned: a slow listener gets fewer results, never old ones.
 *
 * <p>What a call throws goes to the uncaught exception handler of its thread; the pipeline goes on.
 *
 * <p>Confined: called by one thread at a time, with a happens-before edge from call to call, so it
 * needs no lock for what only its calls touch.
 */
@FunctionalInterface
public interface LiveListener {

  /**
   * Takes the result of a frame.
   *
   * @param frame whose pixels stay as they are until this call returns
   */
  void onResult(Frame frame, VideoResult result);

  /**
   * Takes the failure of a frame, which has no result then. By default it is thrown, as if this
   * listener had failed.
   *
   * @param frame whose pixels stay as they are until this call returns
   * @param failure a {@link FerException} if a network failed, an {@link IllegalArgumentException}
   *     if the frame does not fit, or whatever a stage threw
   */
  default void onFailure(Frame frame, Throwable failure) {
    throw new FerException("A live frame failed: " + failure.getMessage(), failure);
  }
}
