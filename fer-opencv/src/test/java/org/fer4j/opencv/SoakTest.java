package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.fer4j.ClassifierOptions;
import org.fer4j.DetectorOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.FaceCrop;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.contract.Picture;
import org.fer4j.contract.Picture.Memory;
import org.junit.jupiter.api.Test;

/** Memory stays flat, however many frames come, and nothing waits for the garbage collector. */
class SoakTest {

  /** Garbage for three runs of a network and their scores. */
  private static final long MAX_BYTES_PER_BATCH = 4096;

  /** Garbage for a frame with one face: a network and a box for each anchor that sees it. */
  private static final long MAX_BYTES_PER_FRAME = 8192;

  /** Garbage for a frame in YuNet: twelve outputs of two looks. */
  private static final long MAX_BYTES_PER_YUNET_FRAME = 1 << 14;

  /** Garbage for a frame in Haar cascades: each window that passes, many to a face. */
  private static final long MAX_BYTES_PER_HAAR_FRAME = 1 << 18;

  /** What allocators, the JVM's compiler and other tests may keep meanwhile. */
  private static final long RESIDENT_TOLERANCE = 24 << 20;

  private static final Frame HEAD =
      Picture.portrait().part(120, 20, 220, 220).frame(PixelFormat.NV21);

  @Test
  void classifying() {
    List<FaceCrop> crops = Collections.nCopies(3, FaceCrop.whole(HEAD));
    try (EmotionClassifier classifier =
        new OpenCvBackend().openClassifier("fer-fast", ClassifierOptions.defaults())) {
      assertFlat(300, MAX_BYTES_PER_BATCH, () -> classifier.classify(crops));
    }
  }

  @Test
  void detecting() {
    try (FaceDetector detector =
        new OpenCvBackend().openDetector("blazeface-short", DetectorOptions.defaults())) {
      assertFlat(400, MAX_BYTES_PER_FRAME, () -> assertEquals(1, detector.detect(HEAD).size()));
    }
  }

  @Test
  void detectingWithHaar() {
    try (FaceDetector detector = Haar.open(DetectorOptions.defaults())) {
      assertFlat(60, MAX_BYTES_PER_HAAR_FRAME, () -> assertEquals(1, detector.detect(HEAD).size()));
    }
  }

  @Test
  void detectingWithYuNet() {
    try (FaceDetector detector =
        YuNetFaceDetector.open(YuNetFile.require(), DetectorOptions.defaults())) {
      assertFlat(
          60, MAX_BYTES_PER_YUNET_FRAME, () -> assertEquals(1, detector.detect(HEAD).size()));
    }
  }

  @Test
  void convertingFrames() {
    Frame direct = Picture.noise(640, 480, 1).frame(PixelFormat.BGR, Memory.DIRECT, 2);
    Frame heap = Picture.noise(640, 480, 1).frame(PixelFormat.BGR);
    assertFlat(
        300,
        MAX_BYTES_PER_BATCH,
        () -> {
          try (Mat shared = MatFrames.matOf(direct);
              Mat copied = MatFrames.matOf(heap)) {
            assertEquals(MatFrames.frameOf(shared).width(), MatFrames.frameOf(copied).width());
          }
        });
  }

  private static void assertFlat(int runs, long maxBytes, Runnable run) {
    for (int i = 0; i < runs / 2; i++) {
      run.run();
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    System.gc();
    long directBefore = direct().getMemoryUsed();
    long residentBefore = Pointer.physicalBytes();
    long pointersBefore = Pointer.totalCount();
    long allocatedBefore = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < runs; i++) {
      run.run();
    }
    long allocated = threads.getThreadAllocatedBytes(thread) - allocatedBefore;
    // Less is possible: what earlier tests left is freed at any time.
    assertTrue(
        Pointer.totalCount() <= pointersBefore,
        Pointer.totalCount() - pointersBefore + " native objects wait for the garbage collector");
    assertTrue(direct().getMemoryUsed() <= directBefore);
    assertTrue(allocated <= runs * maxBytes, allocated / runs + " bytes of garbage a call");
    System.gc();
    long grown = Pointer.physicalBytes() - residentBefore;
    assertTrue(grown <= RESIDENT_TOLERANCE, "resident memory grew by " + grown + " bytes");
  }

  /** Opening and closing leaves nothing behind, even before a collection. */
  @Test
  void openingAndClosing() {
    openAndClose();
    long before = Pointer.totalCount();
    for (int i = 0; i < 5; i++) {
      openAndClose();
    }
    assertTrue(
        Pointer.totalCount() <= before, Pointer.totalCount() - before + " native objects are left");
  }

  private static void openAndClose() {
    OpenCvBackend backend = new OpenCvBackend();
    try (EmotionClassifier classifier =
            backend.openClassifier("fer-fast", ClassifierOptions.defaults());
        FaceDetector blazeface =
            backend.openDetector("blazeface-short", DetectorOptions.defaults())) {
      classifier.classify(List.of(FaceCrop.whole(HEAD)));
      blazeface.detect(HEAD);
    }
  }

  @Test
  void openingAndClosingHaar() {
    Haar.open(DetectorOptions.defaults()).close();
    long before = Pointer.totalCount();
    try (FaceDetector haar = Haar.open(DetectorOptions.defaults())) {
      haar.detect(HEAD);
    }
    assertTrue(
        Pointer.totalCount() <= before, Pointer.totalCount() - before + " native objects are left");
  }

  private static BufferPoolMXBean direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .findFirst()
        .orElseThrow();
  }
}
