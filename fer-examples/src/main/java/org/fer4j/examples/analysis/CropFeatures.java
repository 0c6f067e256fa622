package org.fer4j.examples.analysis;

import java.util.List;
import org.fer4j.CropRule;
import org.fer4j.FaceCrop;
import org.fer4j.FaceResult;
import org.fer4j.Frame;
import org.fer4j.LandmarkDetector;
import org.fer4j.features.FacialFeatures;
import org.fer4j.features.FeatureReader;
import org.fer4j.spi.Backend;

/**
 * Measures the features of the faces of a frame, with a landmark detector of its own.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class CropFeatures implements AutoCloseable {

  private final LandmarkDetector landmarks;
  private final FeatureReader reader;

  /**
   * Opens the landmark network.
   *
   * @throws IllegalArgumentException if the classifier has no manifest that says how faces are cut
   * @throws org.fer4j.FerException if the landmark network can't be loaded
   */
  public CropFeatures(Networks networks) {
    CropRule rule =
        networks
            .classifierManifest()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected a classifier with a manifest to measure features by, found '%s'"
                            .formatted(networks.classifier())))
            .requireClassifier()
            .crop();
    landmarks =
        networks.backend().openLandmarkDetector(Backend.LANDMARKS, networks.landmarkOptions());
    try {
      reader = new FeatureReader(landmarks, rule);
    } catch (RuntimeException e) {
      landmarks.close();
      throw e;
    }
  }

  /** Measures all faces, in their order. */
  public List<FacialFeatures> of(Frame frame, List<FaceResult> faces) {
    return reader.read(faces.stream().map(face -> new FaceCrop(frame, face.crop())).toList());
  }

  /** Closes the landmark network. */
  @Override
  public void close() {
    landmarks.close();
  }
}
