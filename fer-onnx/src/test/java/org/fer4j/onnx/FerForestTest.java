package org.fer4j.onnx;

import org.fer4j.ClassifierOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.contract.EmotionClassifierContract;

/** The bundled forest keeps the contract. */
class FerForestTest extends EmotionClassifierContract {

  @Override
  protected EmotionClassifier open(ClassifierOptions options) {
    return new OnnxBackend().openClassifier("fer-forest", options);
  }
}
