package org.fer4j.examples.analysis;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fer4j.BoundingBox;
import org.fer4j.ClassifierOptions;
import org.fer4j.DetectorOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.Face;
import org.fer4j.FaceAligner;
import org.fer4j.FaceCrop;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.LandmarkOptions;
import org.fer4j.model.Model;
import org.fer4j.model.ModelManifest;
import org.fer4j.spi.Backend;

/**
 * Which networks look at the images.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param backend opens them
 * @param detector a name, a folder, or {@link #NO_DETECTOR}
 * @param detectorOptions how it works
 * @param classifier a name or a folder
 * @param classifierOptions how it works
 */
public record Networks(
    Backend backend,
    String detector,
    DetectorOptions detectorOptions,
    String classifier,
    ClassifierOptions classifierOptions) {

  /** The name that stands for images that are face crops already. */
  public static final String NO_DETECTOR = "none";

  /** Tells whether images are face crops already. */
  public boolean isWithoutDetector() {
    return detector.equals(NO_DETECTOR);
  }

  /**
   * Opens a pipeline for one thread, with networks of its own; closing it closes them.
   *
   * @throws IllegalArgumentException if the backend has no network of a name
   * @throws org.fer4j.FerException if a network can't be loaded
   */
  public FramePipeline open() {
    return builder().build();
  }

  /**
   * As {@link #open()}, with the backend's landmarks of each face.
   *
   * @throws IllegalArgumentException if the backend has no network of a name, or no landmarks
   * @throws org.fer4j.FerException if a network can't be loaded
   */
  public FramePipeline openWithLandmarks() {
    return builder().landmarks().landmarkOptions(landmarkOptions()).build();
  }

  /** Returns how landmark networks work: on what the classifier runs on. */
  LandmarkOptions landmarkOptions() {
    return LandmarkOptions.defaults().withRuntime(classifierOptions.runtime());
  }

  private FramePipeline.Builder builder() {
    FramePipeline.Builder builder =
        FramePipeline.builder()
            .backend(backend.name())
            .aligner(aligner())
            .classifier(classifier)
            .classifierOptions(classifierOptions);
    if (isWithoutDetector()) {
      return builder.detector(new WholeFrame());
    }
    return builder.detector(detector).detectorOptions(detectorOptions);
  }

  /**
   * Opens the detector alone; without one, the whole frame counts as a face.
   *
   * @throws IllegalArgumentException if the backend has no detector of this name
   * @throws org.fer4j.FerException if it can't be loaded
   */
  public FaceDetector openDetector() {
    return isWithoutDetector() ? new WholeFrame() : backend.openDetector(detector, detectorOptions);
  }

  /**
   * Opens the classifier alone.
   *
   * @throws IllegalArgumentException if the backend has no classifier of this name
   * @throws org.fer4j.FerException if it can't be loaded
   */
  public EmotionClassifier openClassifier() {
    return backend.openClassifier(classifier, classifierOptions);
  }

  /**
   * Returns what is known of the classifier: its manifest; empty if it is no bundled network and no
   * folder with one.
   *
   * @throws org.fer4j.FerException if the manifest is wrong
   */
  public Optional<ModelManifest> classifierManifest() {
    return manifest(classifier)
        .or(
            () -> {
              // A fusion's rule stands behind its name.
              int rule = classifier.lastIndexOf(':');
              return rule > 0 ? manifest(classifier.substring(0, rule)) : Optional.empty();
            });
  }

  private Optional<ModelManifest> manifest(String model) {
    return backend.models().stream()
        .filter(manifest -> manifest.name().equals(model))
        .findFirst()
        .or(
            () ->
                new File(model).isDirectory()
                    ? Optional.of(Model.ofDirectory(Path.of(model)).manifest())
                    : Optional.empty());
  }

  /** Returns how faces are cut: not at all if images are face crops already. */
  public FaceAligner aligner() {
    return isWithoutDetector()
        ? (frame, face, rule) -> FaceCrop.whole(frame)
        : FaceAligner.standard();
  }

  /** Takes the whole frame for a face. */
  private static final class WholeFrame implements FaceDetector {

    @Override
    public List<Face> detect(Frame frame) {
      return List.of(Face.of(new BoundingBox(0, 0, frame.width(), frame.height())));
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
