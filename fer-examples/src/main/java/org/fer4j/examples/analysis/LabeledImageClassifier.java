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
import org.fer4j.PipelineDescription;
import org.fer4j.training.data.LabeledImage;
import org.fer4j.training.evaluation.Corruption;
import org.fer4j.training.evaluation.Robustness;

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
  private final boolean corrupting;

  /**
   * Opens the networks.
   *
   * @param corrupting whether corrupted copies of each image are classified as well
   * @throws IllegalArgumentException if a network is named that there is not
   * @throws org.fer4j.FerException if a network can't be loaded
   */
  public LabeledImageClassifier(Networks networks, boolean corrupting) {
    this.corrupting = corrupting;
    this.detector = networks.openDetector();
    this.aligner = networks.aligner();
    try {
      this.classifier = networks.openClassifier();
    } catch (RuntimeException | Error e) {
      detector.close();
      throw e;
    }
  }

  /** Tells which networks look at the images, and on what they run. */
  public PipelineDescription describe() {
    return new PipelineDescription(detector.describe(), classifier.describe(), Optional.empty());
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
    Robustness robustness = Robustness.none();
    for (LabeledImage image : images) {
      try {
        Emotion truth = image.label().orElseThrow();
        Optional<FaceCrop> crop = crop(Frame.of(image.read()));
        if (crop.isPresent()) {
          crops.add(crop.get());
          truths.add(truth);
        } else {
          withoutFace++;
        }
        if (corrupting) {
          robustness = robustness.plus(robustness(truth, crop));
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
    return new LabeledBatch(scored, withoutFace, unreadable, robustness);
  }

  /** A face that is not found, in the image as it is or in a corrupted copy, is a wrong answer. */
  private Robustness robustness(Emotion truth, Optional<FaceCrop> face) {
    boolean[][] correct = new boolean[Corruption.all().size()][Corruption.STRENGTHS];
    if (face.isPresent()) {
      for (Corruption corruption : Corruption.all()) {
        correct[corruption.ordinal()] = correct(truth, face.get(), corruption);
      }
    }
    return Robustness.ofImage(correct);
  }

  private boolean[] correct(Emotion truth, FaceCrop face, Corruption corruption) {
    List<FaceCrop> crops = new ArrayList<>();
    List<Integer> strengths = new ArrayList<>();
    for (int strength = 1; strength <= Corruption.STRENGTHS; strength++) {
      Optional<FaceCrop> crop = crop(corruption.apply(face.frame(), face.square(), strength));
      if (crop.isPresent()) {
        crops.add(crop.get());
        strengths.add(strength);
      }
    }
    boolean[] correct = new boolean[Corruption.STRENGTHS];
    List<EmotionScores> scores = crops.isEmpty() ? List.of() : classifier.classify(crops);
    for (int i = 0; i < scores.size(); i++) {
      correct[strengths.get(i) - 1] = scores.get(i).top() == truth;
    }
    return correct;
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
