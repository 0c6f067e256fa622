package org.fer4j.examples.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fer4j.Emotion;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.Face;
import org.fer4j.FaceAligner;
import org.fer4j.FaceCrop;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.training.data.LabeledImage;

/**
 * Classifies labelled images, a few at a time. A label stands for one face: of several, the largest
 * counts.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class LabeledImageClassifier implements AutoCloseable {

  private final FaceDetector detector;
  private final FaceAligner aligner;
  private final EmotionClassifier classifier;

  /**
   * Opens the networks.
   *
   * @throws IllegalArgumentException if a network is named that there is not
   * @throws org.fer4j.FerException if a network can't be loaded
   */
  public LabeledImageClassifier(Networks networks) {
    this.detector = networks.openDetector();
    this.aligner = networks.aligner();
    try {
      this.classifier = networks.openClassifier();
    } catch (RuntimeException | Error e) {
      detector.close();
      throw e;
    }
  }

  /**
   * Reads and classifies images that have a label.
   *
   * @throws org.fer4j.FerException if a network fails
   */
  public LabeledBatch classify(List<LabeledImage> images) {
    List<Emotion> truths = new ArrayList<>();
    List<FaceCrop> crops = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    int withoutFace = 0;
    for (LabeledImage image : images) {
      try {
        Optional<FaceCrop> crop = crop(Frame.of(image.read()));
        if (crop.isPresent()) {
          crops.add(crop.get());
          truths.add(image.label().orElseThrow());
        } else {
          withoutFace++;
        }
      } catch (IOException e) {
        unreadable.add(String.valueOf(e.getMessage()));
      }
    }
    List<EmotionScores> scores = crops.isEmpty() ? List.of() : classifier.classify(crops);
    List<LabeledBatch.Scored> scored = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      scored.add(new LabeledBatch.Scored(truths.get(i), scores.get(i)));
    }
    return new LabeledBatch(scored, withoutFace, unreadable);
  }

  private Optional<FaceCrop> crop(Frame frame) {
    return detector.detect(frame).stream()
        .max(Comparator.comparingDouble((Face face) -> face.box().area()))
        .map(face -> aligner.align(frame, face, classifier.cropRule()));
  }

  /** Closes the networks. */
  @Override
  public void close() {
    try (detector;
        classifier) {
      // Both are closed, even if one of them fails.
    }
  }
}
