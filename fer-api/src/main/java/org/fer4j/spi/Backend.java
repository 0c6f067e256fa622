package org.fer4j.spi;

import java.util.List;
import org.fer4j.ClassifierOptions;
import org.fer4j.DetectorOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.FaceDetector;
import org.fer4j.LandmarkDetector;
import org.fer4j.LandmarkOptions;
import org.fer4j.model.ModelManifest;

/**
 * A library that runs networks, found by {@link java.util.ServiceLoader}. Creating one is cheap and
 * loads no native code: that happens when something is opened.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface Backend {

  /** The detector for photographs, from tiny faces to those that fill the picture. */
  String PHOTO_DETECTOR = "blazeface";

  /** The detector for live frames: one look at the whole frame. */
  String LIVE_DETECTOR = "blazeface-short";

  /**
   * The most accurate classifier, for photographs: the one that is used unless another is named.
   */
  String PHOTO_CLASSIFIER = "fer-accurate";

  /** The classifier for live frames. */
  String LIVE_CLASSIFIER = "fer-fast";

  /** The landmark network: the 468 points of a face. */
  String LANDMARKS = "face-mesh";

  /** Returns the stable lower-case name, for example "onnx". */
  String name();

  /** Returns the rank among backends: the highest is the default. */
  int priority();

  /** Returns the manifests of the bundled networks. */
  List<ModelManifest> models();

  /**
   * Opens a detector.
   *
   * @param model {@link #PHOTO_DETECTOR}, the name of a bundled detection network, or a folder with
   *     a manifest
   * @throws IllegalArgumentException if there is no such detector; the message names those there
   *     are
   * @throws org.fer4j.FerException if it can't be loaded
   */
  FaceDetector openDetector(String model, DetectorOptions options);

  /**
   * Opens a classifier.
   *
   * @param model the name of a bundled classification network, or a folder with a manifest; a
   *     fusion's may be followed by a colon and one of its rules
   * @throws IllegalArgumentException if there is no such classifier; the message names those there
   *     are
   * @throws org.fer4j.FerException if it can't be loaded
   */
  EmotionClassifier openClassifier(String model, ClassifierOptions options);

  /**
   * Opens a landmark detector.
   *
   * @param model {@link #LANDMARKS}, the name of another bundled landmark network, or a folder with
   *     a manifest
   * @throws IllegalArgumentException if there is no such landmark detector; a backend without any
   *     throws it always
   * @throws org.fer4j.FerException if it can't be loaded
   */
  default LandmarkDetector openLandmarkDetector(String model, LandmarkOptions options) {
    throw new IllegalArgumentException(
        "expected a backend with landmark networks, found '%s', which has none".formatted(name()));
  }
}
