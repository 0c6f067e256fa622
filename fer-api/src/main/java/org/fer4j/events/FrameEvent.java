package org.fer4j.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A call of a pipeline that ended with a result or an exception; it lasts as long as the call. */
@Name("org.fer4j.Frame")
@Label("Frame")
@Description("A frame that was analysed")
@Category("fer4j")
@StackTrace(false)
final class FrameEvent extends Event {

  /** Never written: tells whether others would be. */
  private static final FrameEvent PROBE = new FrameEvent();

  @Label("Width")
  int width;

  @Label("Height")
  int height;

  @Label("Pixel Format")
  String format = "";

  @Label("Faces")
  int faces;

  @Label("Failed")
  boolean failed;

  @Label("Detect")
  @Timespan
  long detect;

  @Label("Landmarks")
  @Timespan
  long landmarks;

  @Label("Align")
  @Timespan
  long align;

  @Label("Classify")
  @Timespan
  long classify;

  static boolean isOn() {
    return PROBE.isEnabled();
  }
}
