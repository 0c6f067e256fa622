package org.fer4j.opencv;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.fer4j.DetectorOptions;
import org.fer4j.FaceDetector;
import org.fer4j.FerException;
import org.fer4j.RuntimeOptions;

/** The Haar detector, where OpenCV's library for it can be loaded. */
final class Haar {

  private Haar() {}

  /** Skips the test where the library can't be loaded, as on a Linux without GTK 2. */
  static void require() {
    try {
      OpenCv.loadDetectors(RuntimeOptions.defaults());
    } catch (FerException e) {
      assumeTrue(false, e.getMessage());
    }
  }

  /** Opens the detector, or skips the test. */
  static FaceDetector open(DetectorOptions options) {
    require();
    return HaarFaceDetector.open(options);
  }
}
