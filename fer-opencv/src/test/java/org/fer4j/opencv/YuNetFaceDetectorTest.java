package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.FaceDetectorYN;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.Landmarks;
import org.fer4j.PixelFormat;
import org.fer4j.RuntimeOptions;
import org.fer4j.contract.FaceDetectorContract;
import org.junit.jupiter.api.Test;

class YuNetFaceDetectorTest extends FaceDetectorContract {

  private final Path file;

  YuNetFaceDetectorTest() {
    this.file = YuNetFile.require();
  }

  @Override
  protected FaceDetector open(DetectorOptions options) {
    return new OpenCvBackend().openDetector("yunet:" + file, options);
  }

  @Test
  void facesOfAllSizes() {
    FaceSizes.assertFound(open(DetectorOptions.defaults()), 24, 60, 150, 380, 600);
  }

  /** Photographs beyond 640 pixels are scaled down. */
  @Test
  void facesInALargePhotograph() {
    FaceSizes.assertFoundIn(4000, 3000, open(DetectorOptions.defaults()), 120, 500, 1200);
  }

  @Test
  void smallerFacesThanWantedAreNotReported() {
    try (FaceDetector large = open(DetectorOptions.defaults().withMinFaceSize(200))) {
      assertEquals(List.of(), large.detect(FaceSizes.portrait(100).frame(PixelFormat.RGB)));
      assertEquals(1, large.detect(FaceSizes.portrait(300).frame(PixelFormat.RGB)).size());
    }
  }

  @Test
  void mouthLiesBetweenItsCorners() {
    try (FaceDetector detector = open(DetectorOptions.defaults())) {
      Face face = detector.detect(FaceSizes.portrait(100).frame(PixelFormat.RGB)).get(0);
      Landmarks points = face.keypoints();
      assertEquals(
          List.of(
              "right_eye",
              "left_eye",
              "nose_tip",
              "mouth",
              "right_mouth_corner",
              "left_mouth_corner"),
          points.layout().names());
      assertEquals((points.x(4) + points.x(5)) / 2, points.x(3), 1e-2);
      assertEquals((points.y(4) + points.y(5)) / 2, points.y(3), 1e-2);
    }
  }

  /** OpenCV's own decoder sees the same faces, up to the rounding of pixels to bytes. */
  @Test
  void looksLikeOpenCvsOwnDetector() {
    Haar.require();
    Frame frame = FaceSizes.portrait(60).frame(PixelFormat.BGR);
    int size = (frame.width() + 31) / 32 * 32;
    List<Face> faces = new ArrayList<>();
    try (BytePointer name = new BytePointer(file.toString());
        BytePointer none = new BytePointer("");
        Size pictureSize = new Size(frame.width(), frame.height());
        FaceDetectorYN own =
            FaceDetectorYN.create(name, none, pictureSize, 0.5f, 0.3f, 5000, 0, 0);
        Mat picture = MatFrames.matOf(frame);
        Mat rows = new Mat();
        YuNetLook look = readLook(file, size)) {
      own.detect(picture, rows);
      FloatBuffer expected = rows.createBuffer();
      look.collect(frame, 0.5f, faces);
      faces.sort(Comparator.comparingDouble((Face face) -> face.score()).reversed());
      Face best = faces.get(0);
      assertEquals(expected.get(14), best.score(), 1e-2);
      int[] points = {0, 1, 2, 4, 5};
      for (int i = 0; i < points.length; i++) {
        assertEquals(expected.get(4 + 2 * i), best.keypoints().x(points[i]), 0.3);
        assertEquals(expected.get(5 + 2 * i), best.keypoints().y(points[i]), 0.3);
      }
      // The box is of another convention, but for the middle from left to right.
      assertEquals(expected.get(0) + expected.get(2) / 2, best.box().centerX(), 0.3);
    }
  }

  private static YuNetLook readLook(Path file, int size) {
    try {
      return YuNetLook.open(
          Files.readAllBytes(file), file.toString(), size, RuntimeOptions.defaults());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
