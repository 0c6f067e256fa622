package org.fer4j.onnx;

import org.fer4j.DetectorOptions;
import org.fer4j.FaceDetector;
import org.fer4j.contract.FaceDetectorContract;

class BlazeFaceShortTest extends FaceDetectorContract {

  @Override
  protected FaceDetector open(DetectorOptions options) {
    return new OnnxBackend().openDetector("blazeface-short", options);
  }
}
