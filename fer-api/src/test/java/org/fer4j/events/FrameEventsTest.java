package org.fer4j.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.StageTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameEventsTest {

  private static final Frame FRAME = KnownFaces.FRAME;
  private static final StageTimes TIMES = new StageTimes(1, 2, 3, 6);

  private final Path folder;

  FrameEventsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private List<RecordedEvent> record(Runnable work, String... left) {
    try (Recording recording = new Recording()) {
      for (String event : List.of("Frame", "Stage", "FrameDropped")) {
        if (List.of(left).contains(event)) {
          recording.disable("org.fer4j." + event);
        } else {
          recording.enable("org.fer4j." + event).withThreshold(Duration.ZERO);
        }
      }
      recording.start();
      work.run();
      recording.stop();
      Path file = folder.resolve("events.jfr");
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().startsWith("org.fer4j."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(e -> e.getEventType().getName().equals(name)).toList();
  }

  @Test
  void framesAndStagesAreWritten() {
    try (FramePipeline pipeline = KnownFaces.pipeline(false)) {
      // Classes that were loaded while nobody recorded are written as well.
      pipeline.process(FRAME);
      List<RecordedEvent> events = record(() -> pipeline.process(FRAME));
      RecordedEvent frame = named(events, "org.fer4j.Frame").get(0);
      assertEquals(1, named(events, "org.fer4j.Frame").size());
      assertEquals(100, frame.getInt("width"));
      assertEquals(80, frame.getInt("height"));
      assertEquals("GRAY8", frame.getString("format"));
      assertEquals(2, frame.getInt("faces"));
      assertFalse(frame.getBoolean("failed"));
      Duration stages =
          frame
              .getDuration("detect")
              .plus(frame.getDuration("align"))
              .plus(frame.getDuration("classify"));
      assertTrue(stages.compareTo(Duration.ZERO) > 0);
      List<RecordedEvent> parts = named(events, "org.fer4j.Stage");
      assertEquals(
          List.of("detect", "align", "classify"),
          parts.stream()
              .sorted((a, b) -> a.getStartTime().compareTo(b.getStartTime()))
              .map(event -> event.getString("stage"))
              .toList());
      for (RecordedEvent part : parts) {
        assertEquals(2, part.getInt("faces"));
        assertFalse(part.getStartTime().isBefore(frame.getStartTime()));
        assertFalse(part.getEndTime().isAfter(frame.getEndTime()));
      }
    }
  }

  @Test
  void failuresAreTold() {
    try (FramePipeline pipeline = KnownFaces.pipeline(true)) {
      List<RecordedEvent> events =
          record(() -> assertThrows(FerException.class, () -> pipeline.process(FRAME)));
      assertTrue(named(events, "org.fer4j.Frame").get(0).getBoolean("failed"));
      assertEquals(List.of(), named(events, "org.fer4j.Stage"));
    }
  }

  @Test
  void eachKindIsSwitchedAlone() {
    try (FramePipeline pipeline = KnownFaces.pipeline(false)) {
      List<RecordedEvent> frames = record(() -> pipeline.process(FRAME), "Stage");
      assertEquals(1, frames.size());
      List<RecordedEvent> stages = record(() -> pipeline.process(FRAME), "Frame");
      assertEquals(3, stages.size());
    }
  }

  @Test
  void warmingUpIsLeftOut() {
    try (FramePipeline pipeline = KnownFaces.pipeline(false)) {
      assertEquals(List.of(), record(pipeline::warmUp));
    }
  }

  @Test
  void droppedFramesAreWritten() {
    List<RecordedEvent> events = record(() -> FrameEvents.dropped(FRAME, "a newer frame came"));
    assertEquals(1, events.size());
    assertEquals("a newer frame came", events.get(0).getString("reason"));
    assertEquals(77, events.get(0).getDuration("timestamp").toNanos());
  }

  @Test
  void nothingIsAllocatedWhileNobodyRecords() {
    FrameEvents events = new FrameEvents();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    write(events, 20_000);
    long before = threads.getThreadAllocatedBytes(thread);
    write(events, 20_000);
    assertTrue(threads.getThreadAllocatedBytes(thread) - before < 2_000);
  }

  private static void write(FrameEvents events, int times) {
    for (int i = 0; i < times; i++) {
      events.begin();
      events.endStage("detect", 1);
      events.end(FRAME, 1, TIMES);
      FrameEvents.dropped(FRAME, "test");
    }
  }

  @Test
  void theModuleMayBeMissing() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                "java.base,java.desktop",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutFlightRecorder.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertEquals("2 without", output.strip());
  }
}
