package org.fer4j.inference;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fer4j.ClassifierOptions;
import org.fer4j.CropRule;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.FaceCrop;
import org.fer4j.FerException;
import org.fer4j.LandmarkDetector;
import org.fer4j.StageDescription;
import org.fer4j.features.FacialFeatures;
import org.fer4j.features.FeatureLayout;
import org.fer4j.features.FeatureReader;
import org.fer4j.model.FeatureSpec;
import org.fer4j.model.Model;

/**
 * A classifier of facial features: a support vector machine or a forest, exported as a network that
 * takes {@link FacialFeatures} and gives one logit for each expression.
 *
 * <p>Where no points of a face are found, its geometry is missing and the network puts its
 * training's means in the place: the answer follows from the appearance alone, and from the
 * training's prior if the network does not look at appearance either.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class FeatureEmotionClassifier implements EmotionClassifier {

  private final InferenceSession session;
  private final Optional<LandmarkDetector> owned;
  private final FeatureReader features;
  private final CropRule cropRule;
  private final LogitReader reader;
  private final String place;
  private final StageDescription description;
  private boolean closed;

  private FeatureEmotionClassifier(
      InferenceSession session,
      Optional<LandmarkDetector> owned,
      FeatureReader features,
      Model model,
      LogitReader reader) {
    this.session = session;
    this.owned = owned;
    this.features = features;
    this.cropRule = model.manifest().requireClassifier().crop();
    this.reader = reader;
    this.place = model.place();
    this.description = Descriptions.of(model, session, owned.stream().toList());
  }

  /**
   * Loads a classifier of features.
   *
   * @param landmarks finds the points of faces; closed with the classifier, and if this method
   *     fails
   * @throws IllegalArgumentException if the model is not for classification of features, or its
   *     manifest does not tell the prior that the options need, or where the eyes are in a crop
   * @throws FerException if it can't be loaded, or was trained on another layout of the features
   */
  public static FeatureEmotionClassifier open(
      InferenceEngine engine, Model model, LandmarkDetector landmarks, ClassifierOptions options) {
    try {
      FeatureReader features =
          new FeatureReader(landmarks, model.manifest().requireClassifier().crop());
      return open(engine, model, features, Optional.of(landmarks), options);
    } catch (RuntimeException | Error e) {
      landmarks.close();
      throw e;
    }
  }

  /** As the public method, with features that others read as well. */
  static FeatureEmotionClassifier open(
      InferenceEngine engine,
      Model model,
      FeatureReader features,
      Optional<LandmarkDetector> owned,
      ClassifierOptions options) {
    LogitReader reader = new LogitReader(model, options);
    requireLayout(model);
    InferenceSession session =
        engine.open(model, List.of(reader.output()), options.maxBatch(), options.runtime());
    return new FeatureEmotionClassifier(session, owned, features, model, reader);
  }

  private static void requireLayout(Model model) {
    if (!(model.manifest().tensor() instanceof FeatureSpec spec)) {
      throw new IllegalArgumentException(
          "expected a network that takes facial features, found '%s', which takes pixels"
              .formatted(model.manifest().name()));
    }
    FeatureLayout layout = FeatureLayout.current();
    if (!spec.layout().equals(layout.version()) || spec.length() != layout.size()) {
      throw new FerException(
          "expected layout %s of %d features for '%s', found %s of %d: use the version of fer4j that it was trained with, or train it again."
              .formatted(
                  layout.version(), layout.size(), model.place(), spec.layout(), spec.length()));
    }
  }

  @Override
  public CropRule cropRule() {
    return cropRule;
  }

  @Override
  public List<EmotionScores> classify(List<FaceCrop> crops) {
    requireOpen();
    return classifyFeatures(features.read(crops));
  }

  /**
   * Scores faces whose features were measured already.
   *
   * @return one element for each, in the same order
   * @throws FerException if the network fails or gives numbers that are not finite; the classifier
   *     stays usable
   * @throws IllegalStateException after {@link #close()}
   */
  public List<EmotionScores> classifyFeatures(List<FacialFeatures> faces) {
    requireOpen();
    List<EmotionScores> scores = new ArrayList<>(faces.size());
    for (int begin = 0; begin < faces.size(); begin += session.maxBatch()) {
      int batch = Math.min(session.maxBatch(), faces.size() - begin);
      for (int i = 0; i < batch; i++) {
        float[] values = faces.get(begin + i).toArray();
        session.input().put(i * values.length, values);
      }
      session.run(batch);
      FloatBuffer output = session.output(0);
      for (int i = 0; i < batch; i++) {
        scores.add(reader.scores(output, i));
      }
    }
    return scores;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The classifier in '" + place + "' is closed.");
    }
  }

  @Override
  public StageDescription describe() {
    return description;
  }

  @Override
  public void close() {
    closed = true;
    try {
      session.close();
    } finally {
      owned.ifPresent(LandmarkDetector::close);
    }
  }
}
