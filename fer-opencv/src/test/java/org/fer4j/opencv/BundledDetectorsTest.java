package org.fer4j.opencv;

import org.fer4j.DetectorOptions;
import org.fer4j.FaceDetector;
import org.fer4j.contract.FaceDetectorContract;
import org.junit.jupiter.api.Nested;

/** The bundled detectors keep the contract on OpenCV as well. */
class BundledDetectorsTest {

  abstract static class OnOpenCv extends FaceDetectorContract {

    private final String name;

    OnOpenCv(String name) {
      this.name = name;
    }

    @Override
    protected FaceDetector open(DetectorOptions options) {
      return new OpenCvBackend().openDetector(name, options);
    }
  }

  @Nested
  class BlazeFace extends OnOpenCv {
    BlazeFace() {
      super("blazeface");
    }
  }

  @Nested
  class BlazeFaceShort extends OnOpenCv {
    BlazeFaceShort() {
      super("blazeface-short");
    }
  }

  @Nested
  class BlazeFaceFull extends OnOpenCv {
    BlazeFaceFull() {
      super("blazeface-full");
    }
  }
}
