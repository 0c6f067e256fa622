package org.fer4j.opencv;

import org.fer4j.ClassifierOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.contract.EmotionClassifierContract;
import org.junit.jupiter.api.Nested;

/** The bundled classifiers keep the contract on OpenCV as well. */
class BundledClassifiersTest {

  abstract static class OnOpenCv extends EmotionClassifierContract {

    private final String name;

    OnOpenCv(String name) {
      this.name = name;
    }

    @Override
    protected EmotionClassifier open(ClassifierOptions options) {
      return new OpenCvBackend().openClassifier(name, options);
    }
  }

  @Nested
  class FerFast extends OnOpenCv {
    FerFast() {
      super("fer-fast");
    }
  }

  @Nested
  class FerAccurate extends OnOpenCv {
    FerAccurate() {
      super("fer-accurate");
    }
  }
}
