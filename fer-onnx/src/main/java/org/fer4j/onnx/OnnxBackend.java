package org.fer4j.onnx;

import java.util.List;
import org.fer4j.inference.InferenceEngine;
import org.fer4j.inference.NetworkBackend;

/**
 * The backend named "onnx". Found by {@link java.util.ServiceLoader}; native code is loaded when
 * the first network is opened.
 *
 * <p>Safe for use by many threads.
 */
public final class OnnxBackend extends NetworkBackend {

  private static final int PRIORITY = 100;

  /** Creates the backend; nothing is loaded. */
  public OnnxBackend() {
    super(
        "onnx",
        PRIORITY,
        OnnxBackend.class,
        List.of(
            "blazeface-short",
            "blazeface-full",
            "fer-fast",
            "fer-accurate",
            "fer-svm",
            "fer-forest",
            "fused",
            "face-mesh"));
  }

  /**
   * Returns the engine, loading its native code if it is not loaded yet. With it the detectors and
   * classifiers of {@link org.fer4j.inference} open networks other than the bundled ones, and a
   * caller may look at their runs.
   *
   * @throws org.fer4j.FerException if that fails; the cause is kept
   */
  @Override
  public InferenceEngine engine() {
    return OnnxEngine.instance();
  }
}
