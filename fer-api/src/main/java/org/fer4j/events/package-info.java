/**
 * Events for the JDK's Flight Recorder: {@code org.fer4j.Frame}, {@code org.fer4j.Stage} and {@code
 * org.fer4j.FrameDropped}. Not exported; nothing happens where the module {@code jdk.jfr} is
 * missing.
 */
@NullMarked
package org.fer4j.events;

import org.jspecify.annotations.NullMarked;
