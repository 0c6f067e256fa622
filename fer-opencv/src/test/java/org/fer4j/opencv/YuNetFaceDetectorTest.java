package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.Landmarks;
import org.fer4j.PixelFormat;
import org.fer4j.contract.FaceDetectorContract;
import org.junit.jupiter.api.Test;

class YuNetFaceDetectorTest extends FaceDetectorContract {

  @Override
  protected FaceDetector open(DetectorOptions options) {
    return new OpenCvBackend().openDetector("yunet:" + YuNetFile.require(), options);
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
}
