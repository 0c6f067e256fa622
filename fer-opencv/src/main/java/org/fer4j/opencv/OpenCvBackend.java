package org.fer4j.opencv;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.fer4j.DetectorOptions;
import org.fer4j.FaceDetector;
import org.fer4j.inference.InferenceEngine;
import org.fer4j.inference.NetworkBackend;

/**
 * The backend named "opencv". Found by {@link java.util.ServiceLoader}; native code is loaded when
 * something is opened. Beside the bundled networks it opens the detectors "haar" ({@link
 * HaarFaceDetector}) and "yunet:FILE" ({@link YuNetFaceDetector}).
 *
 * <p>Safe for use by many threads.
 */
public final class OpenCvBackend extends NetworkBackend {

  /** ONNX Runtime is faster and goes first. */
  private static final int PRIORITY = 50;

  private static final String HAAR = "haar";
  private static final String YUNET = "yunet:";

  /** Creates the backend; nothing is loaded. */
  public OpenCvBackend() {
    super(
        "opencv",
        PRIORITY,
        OpenCvBackend.class,
        List.of("blazeface-short", "blazeface-full", "fer-fast", "fer-accurate", "face-mesh"));
  }

  @Override
  protected InferenceEngine engine() {
    return OpenCvEngine.INSTANCE;
  }

  @Override
  protected List<String> detectorNames() {
    return List.of(PHOTO_DETECTOR, HAAR, YUNET + "FILE");
  }

  @Override
  public FaceDetector openDetector(String model, DetectorOptions options) {
    if (model.equals(HAAR)) {
      return HaarFaceDetector.open(options);
    }
    if (model.startsWith(YUNET)) {
      return YuNetFaceDetector.open(path(model.substring(YUNET.length())), options);
    }
    return super.openDetector(model, options);
  }

  private static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "expected the path of YuNet's file after '%s', found '%s'".formatted(YUNET, file), e);
    }
  }
}
