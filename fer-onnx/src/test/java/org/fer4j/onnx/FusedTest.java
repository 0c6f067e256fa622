package org.fer4j.onnx;

import org.fer4j.ClassifierOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.contract.EmotionClassifierContract;

/** The bundled fusion keeps the contract. */
class FusedTest extends EmotionClassifierContract {

  @Override
  protected EmotionClassifier open(ClassifierOptions options) {
    return new OnnxBackend().openClassifier("fused", options);
  }
}
