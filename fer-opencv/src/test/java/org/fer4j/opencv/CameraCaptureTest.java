package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_videoio.VideoWriter;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.RuntimeOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraCaptureTest {

  private static final int FRAMES = 12;
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final int BRIGHTER = 20;

  /** JPEG changes plain grey by a little. */
  private static final int TOLERANCE = 3;

  private final Path folder;

  CameraCaptureTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path video(double framesPerSecond) {
    OpenCv.load(RuntimeOptions.defaults());
    Path file = folder.resolve("video.avi");
    try (BytePointer name = new BytePointer(file.toString());
        Size size = new Size(WIDTH, HEIGHT);
        VideoWriter writer =
            new VideoWriter(
                name,
                VideoWriter.fourcc((byte) 'M', (byte) 'J', (byte) 'P', (byte) 'G'),
                framesPerSecond,
                size,
                true)) {
      assertTrue(writer.isOpened());
      for (int i = 0; i < FRAMES; i++) {
        try (Scalar grey = new Scalar(BRIGHTER * i, BRIGHTER * i, BRIGHTER * i, 0);
            Mat picture = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3, grey)) {
          writer.write(picture);
        }
      }
      writer.release();
    }
    return file;
  }

  private static void assertFrame(int index, long nanos, Frame frame) {
    assertEquals(WIDTH, frame.width());
    assertEquals(HEIGHT, frame.height());
    assertEquals(PixelFormat.BGR, frame.format());
    assertEquals(nanos, frame.timestampNanos());
    assertEquals(BRIGHTER * index, frame.pixels().get(frame.offset() + 100) & 0xff, TOLERANCE);
  }

  @Test
  void motionJpegIsReadFrameByFrame() {
    Path video = video(10);
    try (CameraCapture capture = CameraCapture.open(video)) {
      for (int i = 0; i < FRAMES; i++) {
        assertFrame(i, i * 100_000_000L, capture.next().orElseThrow());
      }
      assertEquals(Optional.empty(), capture.next());
      assertEquals(Optional.empty(), capture.next());
    }
  }

  @Test
  void sequenceOfImages() throws IOException {
    for (int i = 0; i < 3; i++) {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
      int grey = BRIGHTER * i;
      for (int p = 0; p < WIDTH * HEIGHT; p++) {
        image.setRGB(p % WIDTH, p / WIDTH, grey * 0x010101);
      }
      ImageIO.write(image, "png", folder.resolve("img_%02d.png".formatted(i)).toFile());
    }
    try (CameraCapture capture = CameraCapture.open(folder.resolve("img_%02d.png"))) {
      for (int i = 0; i < 3; i++) {
        assertFrame(i, i * 40_000_000L, capture.next().orElseThrow());
      }
      assertEquals(Optional.empty(), capture.next());
    }
  }

  /** The next frame takes the place of the last one, and nothing native is made for it. */
  @Test
  void memoryIsReused() {
    Path video = video(10);
    try (CameraCapture capture = CameraCapture.open(video)) {
      Frame first = capture.next().orElseThrow();
      long pointers = Pointer.totalCount();
      Frame second = capture.next().orElseThrow();
      assertEquals(second.pixels().get(100), first.pixels().get(100));
      assertTrue(Pointer.totalCount() <= pointers);
    }
  }

  @Test
  void whatCannotBeOpenedSaysWhy() throws IOException {
    String camera =
        String.valueOf(assertThrows(FerException.class, () -> CameraCapture.open(99)).getMessage());
    assertTrue(camera.startsWith("OpenCV can't open camera 99: is it plugged in"), camera);
    Path missing = folder.resolve("missing.avi");
    String file =
        String.valueOf(
            assertThrows(FerException.class, () -> CameraCapture.open(missing)).getMessage());
    assertTrue(file.startsWith("OpenCV can't open '" + missing + "': "), file);
    Path text = Files.writeString(folder.resolve("text.avi"), "no video");
    assertThrows(FerException.class, () -> CameraCapture.open(text));
    assertThrows(IllegalArgumentException.class, () -> CameraCapture.open(-1));
  }

  @Test
  void closedCapturesSaySo() {
    CameraCapture capture = CameraCapture.open(video(25));
    capture.close();
    capture.close();
    assertThrows(IllegalStateException.class, capture::next);
  }
}
