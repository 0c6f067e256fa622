package org.fer4j.onnx;

import org.fer4j.ClassifierOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.contract.EmotionClassifierContract;

/** The bundled support vector machine keeps the contract. */
class FerSvmTest extends EmotionClassifierContract {

  @Override
  protected EmotionClassifier open(ClassifierOptions options) {
    return new OnnxBackend().openClassifier("fer-svm", options);
  }
}
