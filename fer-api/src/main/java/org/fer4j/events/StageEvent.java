package org.fer4j.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One stage of a frame; it lasts as long as the stage. */
@Name("org.fer4j.Stage")
@Label("Stage")
@Description("A stage of the analysis of a frame")
@Category("fer4j")
@StackTrace(false)
final class StageEvent extends Event {

  private static final StageEvent PROBE = new StageEvent();

  @Label("Stage")
  String stage = "";

  @Label("Faces")
  int faces;

  static boolean isOn() {
    return PROBE.isEnabled();
  }
}
