package org.fer4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.fer4j.BoundingBox;
import org.fer4j.ClassifierOptions;
import org.fer4j.DetectorOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.Face;
import org.fer4j.FaceCrop;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.LandmarkDetector;
import org.fer4j.LandmarkOptions;
import org.fer4j.PixelFormat;
import org.fer4j.contract.Picture;
import org.fer4j.spi.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory stays flat, however many frames come. */
class SoakTest {

  /** Garbage for a batch of three faces and their scores. */
  private static final long MAX_BYTES_PER_BATCH = 2048;

  /** Garbage for a frame with one face: 1 KiB for each run of a network. */
  private static final long MAX_BYTES_PER_FRAME = 2048;

  /** A mesh itself has 1,404 floats. */
  private static final long MAX_BYTES_PER_MESH = 4 * 1404 + 1024;

  /** What other parts of the JVM may keep meanwhile. */
  private static final long HEAP_TOLERANCE = 1 << 20;

  private final Path folder;

  SoakTest(@TempDir Path folder) throws IOException {
    this.folder = TinyClassifier.write(folder, TinyClassifier.network(-1));
  }

  @Test
  void classifying() {
    Frame frame = Picture.noise(64, 64, 1).frame(PixelFormat.RGB);
    List<FaceCrop> crops = Collections.nCopies(3, FaceCrop.whole(frame));
    try (EmotionClassifier classifier =
        new OnnxBackend().openClassifier(folder.toString(), ClassifierOptions.defaults())) {
      assertFlat(2000, MAX_BYTES_PER_BATCH, () -> classifier.classify(crops));
    }
  }

  @Test
  void processingFrames() {
    Frame frame = Picture.portrait().part(120, 20, 220, 220).frame(PixelFormat.NV21);
    try (FaceDetector detector =
            new OnnxBackend().openDetector("blazeface-short", DetectorOptions.defaults());
        EmotionClassifier classifier =
            new OnnxBackend().openClassifier(folder.toString(), ClassifierOptions.defaults());
        FramePipeline pipeline =
            FramePipeline.builder().detector(detector).classifier(classifier).build()) {
      assertEquals(1, pipeline.process(frame).faces().size());
      assertFlat(400, MAX_BYTES_PER_FRAME, () -> pipeline.process(frame));
    }
  }

  @Test
  void findingLandmarks() {
    Frame frame = Picture.portrait().frame(PixelFormat.BGR);
    List<Face> faces = Collections.nCopies(2, Face.of(new BoundingBox(172, 72, 102, 102)));
    try (LandmarkDetector detector =
        new OnnxBackend()
            .openLandmarkDetector(Backend.LANDMARKS, LandmarkOptions.defaults().withMaxBatch(2))) {
      assertTrue(detector.detect(frame, faces).get(0).isPresent());
      assertFlat(200, 2 * MAX_BYTES_PER_MESH, () -> detector.detect(frame, faces));
    }
  }

  private static void assertFlat(int runs, long maxBytes, Runnable run) {
    for (int i = 0; i < runs / 2; i++) {
      run.run();
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long heapBefore = usedHeap();
    long directBefore = direct().getMemoryUsed();
    long buffersBefore = direct().getCount();
    long allocatedBefore = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < runs; i++) {
      run.run();
    }
    long allocated = threads.getThreadAllocatedBytes(thread) - allocatedBefore;
    // Less is possible: what earlier tests left is freed at any time.
    assertTrue(direct().getMemoryUsed() <= directBefore);
    assertTrue(direct().getCount() <= buffersBefore);
    assertTrue(allocated <= runs * maxBytes, allocated / runs + " bytes of garbage a call");
    long grown = usedHeap() - heapBefore;
    assertTrue(grown <= HEAP_TOLERANCE, "the heap grew by " + grown + " bytes");
  }

  /** Opening and closing leaves nothing behind. */
  @Test
  void openingAndClosing() throws InterruptedException {
    openAndClose(5);
    long before = settledDirectMemory(Long.MAX_VALUE);
    openAndClose(25);
    long after = settledDirectMemory(before);
    assertTrue(after <= before, after - before + " bytes of direct memory are left");
  }

  private void openAndClose(int times) {
    FaceCrop crop = FaceCrop.whole(Picture.filled(9, 9, 0x336699).frame(PixelFormat.RGB));
    for (int i = 0; i < times; i++) {
      try (EmotionClassifier classifier =
          new OnnxBackend().openClassifier(folder.toString(), ClassifierOptions.defaults())) {
        classifier.classify(List.of(crop, crop));
      }
    }
  }

  /**
   * Buffers are freed some time after a collection: waits until few enough are left, or a while.
   */
  private static long settledDirectMemory(long enough) throws InterruptedException {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      System.gc();
      Thread.sleep(50);
      used = direct().getMemoryUsed();
      if (used <= enough && i >= 3) {
        break;
      }
    }
    return used;
  }

  private static long usedHeap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static BufferPoolMXBean direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .findFirst()
        .orElseThrow();
  }
}
