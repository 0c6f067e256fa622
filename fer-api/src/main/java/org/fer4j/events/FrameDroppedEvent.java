package org.fer4j.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A frame that was not analysed. */
@Name("org.fer4j.FrameDropped")
@Label("Frame Dropped")
@Description("A frame that was dropped since analysis did not keep up")
@Category("fer4j")
@StackTrace(false)
final class FrameDroppedEvent extends Event {

  private static final FrameDroppedEvent PROBE = new FrameDroppedEvent();

  @Label("Frame's Timestamp")
  @Description("As the caller set it, from an origin of the caller's")
  @Timespan
  long timestamp;

  @Label("Reason")
  String reason = "";

  static boolean isOn() {
    return PROBE.isEnabled();
  }
}
