package org.fer4j.opencv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.PixelFormat;
import org.fer4j.RuntimeOptions;
import org.fer4j.contract.FaceDetectorContract;
import org.junit.jupiter.api.Test;

class HaarFaceDetectorTest extends FaceDetectorContract {

  /** The contract's faces are of a hundred pixels: looking for smaller ones costs minutes. */
  private static final int MIN_FACE = 48;

  HaarFaceDetectorTest() {
    Haar.require();
  }

  @Override
  protected FaceDetector open(DetectorOptions options) {
    return Haar.open(options.withMinFaceSize(MIN_FACE));
  }

  @Test
  void facesOfAllSizes() {
    FaceSizes.assertFound(Haar.open(DetectorOptions.defaults()), 30, 150, 600);
  }

  /** Photographs beyond 800 pixels are scaled down. */
  @Test
  void facesInALargePhotograph() {
    FaceSizes.assertFoundIn(4000, 3000, Haar.open(DetectorOptions.defaults()), 160);
  }

  @Test
  void smallerFacesThanWantedAreNotReported() {
    DetectorOptions options = DetectorOptions.defaults().withMinFaceSize(200);
    try (FaceDetector large = Haar.open(options)) {
      assertEquals(List.of(), large.detect(FaceSizes.portrait(100).frame(PixelFormat.RGB)));
      assertEquals(1, large.detect(FaceSizes.portrait(300).frame(PixelFormat.RGB)).size());
    }
  }

  @Test
  void thereAreNoKeypoints() {
    try (FaceDetector detector = open(DetectorOptions.defaults())) {
      for (Face face : detector.detect(FaceSizes.portrait(100).frame(PixelFormat.RGB))) {
        assertEquals(0, face.keypoints().size());
        assertTrue(face.score() < 1);
      }
    }
  }

  @Test
  void severalThreadsFindTheSame() {
    RuntimeOptions two = RuntimeOptions.defaults().withIntraOpThreads(2);
    try (FaceDetector one = open(DetectorOptions.defaults());
        FaceDetector other = open(DetectorOptions.defaults().withRuntime(two))) {
      List<Face> expected = one.detect(FaceSizes.portrait(100).frame(PixelFormat.RGB));
      List<Face> found = other.detect(FaceSizes.portrait(100).frame(PixelFormat.RGB));
      assertEquals(expected.size(), found.size());
      assertEquals(expected.get(0).box().x(), found.get(0).box().x(), 1e-2);
    }
  }
}
