package org.fer4j.events;

import org.fer4j.FramePipeline;

/** Runs in a JVM that lacks the module jdk.jfr. */
final class WithoutFlightRecorder {

  private WithoutFlightRecorder() {}

  /** Analyses a frame and prints how many faces there are. */
  public static void main(String[] arguments) {
    FrameEvents.dropped(KnownFaces.FRAME, "test");
    try (FramePipeline pipeline = KnownFaces.pipeline(false)) {
      pipeline.warmUp();
      int faces = pipeline.process(KnownFaces.FRAME).faces().size();
      boolean missing = ModuleLayer.boot().findModule("jdk.jfr").isEmpty();
      System.out.println(faces + (missing ? " without" : " with"));
    }
  }
}
