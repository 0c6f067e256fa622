package org.fer4j.onnx;

import java.io.IOException;
import java.nio.file.Path;
import org.fer4j.ClassifierOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.contract.EmotionClassifierContract;
import org.junit.jupiter.api.io.TempDir;

class TinyClassifierTest extends EmotionClassifierContract {

  private final String folder;

  TinyClassifierTest(@TempDir Path folder) throws IOException {
    this.folder = TinyClassifier.write(folder, TinyClassifier.network(-1)).toString();
  }

  @Override
  protected EmotionClassifier open(ClassifierOptions options) {
    return new OnnxBackend().openClassifier(folder, options);
  }
}
