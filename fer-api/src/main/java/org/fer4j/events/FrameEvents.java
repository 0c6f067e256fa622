package org.fer4j.events;

import jdk.jfr.FlightRecorder;
import org.fer4j.Frame;
import org.fer4j.StageTimes;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one pipeline, in the order of its calls. As long as nobody records them,
 * nothing is allocated.
 *
 * <p>Confined: one thread may use it at a time; {@link #dropped} is safe for use by many threads.
 */
public final class FrameEvents {

  private static final boolean AVAILABLE = isAvailable();

  private @Nullable FrameEvent frame;
  private @Nullable StageEvent stage;

  /** Creates a writer without any event under way. */
  public FrameEvents() {}

  private static boolean isAvailable() {
    try {
      Class.forName("jdk.jfr.Event", false, FrameEvents.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Loading an event's class initializes the recorder, which takes 0.1 s: not unless it is used.
   */
  private static boolean isRecorderUsed() {
    return AVAILABLE && FlightRecorder.isInitialized();
  }

  /** Begins a frame and its first stage. */
  public void begin() {
    frame = null;
    stage = null;
    if (isRecorderUsed()) {
      if (FrameEvent.isOn()) {
        frame = new FrameEvent();
        frame.begin();
      }
      beginStage();
    }
  }

  private void beginStage() {
    if (StageEvent.isOn()) {
      stage = new StageEvent();
      stage.begin();
    }
  }

  /** Ends a stage and begins the next one. */
  public void endStage(String name, int faces) {
    StageEvent event = stage;
    if (event != null) {
      event.stage = name;
      event.faces = faces;
      event.commit();
      stage = null;
      beginStage();
    }
  }

  /** Ends a frame with a result. */
  public void end(Frame input, int faces, StageTimes times) {
    FrameEvent event = frame;
    if (event != null) {
      event.faces = faces;
      event.detect = times.detectNanos();
      event.landmarks = times.landmarkNanos();
      event.align = times.alignNanos();
      event.classify = times.classifyNanos();
      commit(event, input);
    }
  }

  /** Ends a frame that failed. */
  public void fail(Frame input) {
    FrameEvent event = frame;
    if (event != null) {
      event.failed = true;
      commit(event, input);
    }
  }

  private void commit(FrameEvent event, Frame input) {
    event.width = input.width();
    event.height = input.height();
    event.format = input.format().name();
    event.commit();
    frame = null;
  }

  /**
   * Tells that a frame was dropped.
   *
   * @param reason a few words, such as "a newer frame came"
   */
  public static void dropped(Frame input, String reason) {
    if (isRecorderUsed() && FrameDroppedEvent.isOn()) {
      FrameDroppedEvent event = new FrameDroppedEvent();
      event.timestamp = input.timestampNanos();
      event.reason = reason;
      event.commit();
    }
  }
}
