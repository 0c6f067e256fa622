package org.fer4j.opencv;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_dnn.Net;
import org.fer4j.FerException;
import org.fer4j.RuntimeOptions;
import org.fer4j.inference.InferenceEngine;
import org.fer4j.inference.InferenceSession;
import org.fer4j.model.InputSpec;
import org.fer4j.model.Model;
import org.jspecify.annotations.Nullable;

/** Opens networks with OpenCV's DNN module. */
enum OpenCvEngine implements InferenceEngine {
  INSTANCE;

  @Override
  public InferenceSession open(
      Model model, List<Output> outputs, int maxBatch, RuntimeOptions options) {
    requireBatch(model, outputs, maxBatch);
    OpenCv.load(options);
    String place = "'%s' in '%s'".formatted(model.manifest().file(), model.place());
    return open(model.load(), place, model.manifest().input(), outputs, maxBatch, options);
  }

  /**
   * As {@link #open(Model, List, int, RuntimeOptions)}, for a network without a manifest.
   *
   * @param place of the network, for messages
   */
  static OpenCvSession open(
      byte[] network,
      String place,
      InputSpec input,
      List<Output> outputs,
      int maxBatch,
      RuntimeOptions options) {
    OpenCvSession session =
        new OpenCvSession(
            read(network, place), place, input, outputs, maxBatch, OpenCv.describe(options));
    try {
      // OpenCV tells names and shapes by running, which also allocates the network's memory.
      session.run(1);
      return session;
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /** Refuses a batch whose input or output does not fit into one buffer. */
  private static void requireBatch(Model model, List<Output> outputs, int maxBatch) {
    int longest = model.manifest().input().length();
    for (Output output : outputs) {
      longest = Math.max(longest, output.length());
    }
    int most = Integer.MAX_VALUE / Float.BYTES / longest;
    if (maxBatch > most) {
      throw new IllegalArgumentException(
          "expected a batch of at most %d images for '%s', found %d"
              .formatted(most, model.place(), maxBatch));
    }
  }

  private static Net read(byte[] network, String place) {
    if (network.length == 0) {
      throw unreadable(place, "it is empty", null);
    }
    try (BytePointer bytes = new BytePointer(network)) {
      Net net = opencv_dnn.readNetFromONNX(bytes, network.length);
      if (!net.empty()) {
        return net;
      }
      net.close();
    } catch (RuntimeException e) {
      throw unreadable(place, String.valueOf(e.getMessage()), e);
    }
    throw unreadable(place, "there is no network in it", null);
  }

  private static FerException unreadable(
      String place, String reason, @Nullable RuntimeException cause) {
    return new FerException("OpenCV can't load %s: %s".formatted(place, reason), cause);
  }
}
