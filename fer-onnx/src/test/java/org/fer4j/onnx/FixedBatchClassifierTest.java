package org.fer4j.onnx;

import java.io.IOException;
import java.nio.file.Path;
import org.fer4j.ClassifierOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.contract.EmotionClassifierContract;
import org.junit.jupiter.api.io.TempDir;

/** A network that takes one image at a time is run once for each. */
class FixedBatchClassifierTest extends EmotionClassifierContract {

  private final String folder;

  FixedBatchClassifierTest(@TempDir Path folder) throws IOException {
    this.folder = TinyClassifier.write(folder, TinyClassifier.network(1)).toString();
  }

  @Override
  protected EmotionClassifier open(ClassifierOptions options) {
    return new OnnxBackend().openClassifier(folder, options);
  }
}
