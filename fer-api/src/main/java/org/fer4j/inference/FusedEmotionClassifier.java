package org.fer4j.inference;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fer4j.ClassifierOptions;
import org.fer4j.CropRule;
import org.fer4j.Emotion;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.FaceCrop;
import org.fer4j.FerException;
import org.fer4j.LandmarkDetector;
import org.fer4j.PipelineStage;
import org.fer4j.Prior;
import org.fer4j.StageDescription;
import org.fer4j.features.FacialFeatures;
import org.fer4j.features.FeatureReader;
import org.fer4j.internal.Resources;
import org.fer4j.model.ClassifierSpec;
import org.fer4j.model.FeatureSpec;
import org.fer4j.model.Model;
import org.fer4j.model.ScoresSpec;

/**
 * Several classifiers as one: a small network maps the logarithms of their scores to logits.
 *
 * <p>A classifier of facial features is left out of a face on which it can't be relied: where no
 * points are found, where the landmark network is hardly sure, or where something even covers the
 * mouth. What the others say stands in its place.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class FusedEmotionClassifier implements EmotionClassifier {

  private static final int CLASSES = Emotion.all().size();

  /** Bounds the logarithm of a score that is next to nothing. */
  private static final float LEAST_SCORE = 1e-6f;

  private static final String LIPS_CONTRAST = "lips_deviation";

  private final InferenceSession session;
  private final ScoresSpec spec;
  private final CropRule cropRule;
  private final LogitReader reader;
  private final String place;
  private final StageDescription description;
  private final List<EmotionClassifier> branches;
  private final FeatureReader features;
  private final LandmarkDetector landmarks;
  private boolean closed;

  private FusedEmotionClassifier(
      InferenceSession session,
      ScoresSpec spec,
      CropRule cropRule,
      LogitReader reader,
      Model model,
      List<EmotionClassifier> branches,
      FeatureReader features,
      LandmarkDetector landmarks) {
    this.session = session;
    this.spec = spec;
    this.cropRule = cropRule;
    this.reader = reader;
    this.place = model.place();
    List<PipelineStage> asked = new ArrayList<>(branches);
    asked.add(landmarks);
    this.description = Descriptions.of(model, session, asked);
    this.branches = branches;
    this.features = features;
    this.landmarks = landmarks;
  }

  /**
   * Loads a fusion and its branches.
   *
   * @param spec how the output is read: a fusion has one for each of its rules
   * @param find finds a branch's model by its name
   * @param landmarks finds the points of faces; closed with the classifier, and if this method
   *     fails
   * @throws IllegalArgumentException if a model is not for classification of scores, pixels or
   *     features, or a branch wants faces cut otherwise than the fusion does
   * @throws FerException if one can't be loaded
   */
  public static FusedEmotionClassifier open(
      InferenceEngine engine,
      Model model,
      ClassifierSpec spec,
      Function<String, Model> find,
      LandmarkDetector landmarks,
      ClassifierOptions options) {
    List<AutoCloseable> opened = new ArrayList<>(List.of(landmarks));
    try {
      if (!(model.manifest().tensor() instanceof ScoresSpec scores)) {
        throw new IllegalArgumentException(
            "expected a network that takes scores, found '%s'".formatted(model.manifest().name()));
      }
      FeatureReader features = new FeatureReader(landmarks, spec.crop());
      List<EmotionClassifier> branches = new ArrayList<>();
      for (String name : scores.branches()) {
        EmotionClassifier branch =
            open(engine, find.apply(name), features, options.withPrior(Prior.natural()));
        opened.add(branch);
        branches.add(branch);
        requireSameCrop(spec.crop(), branch, name);
      }
      LogitReader reader = new LogitReader(model, spec, options);
      InferenceSession session =
          engine.open(model, List.of(reader.output()), options.maxBatch(), options.runtime());
      return new FusedEmotionClassifier(
          session, scores, spec.crop(), reader, model, branches, features, landmarks);
    } catch (RuntimeException | Error e) {
      Resources.closeAfter(e, opened);
      throw e;
    }
  }

  private static EmotionClassifier open(
      InferenceEngine engine, Model model, FeatureReader features, ClassifierOptions options) {
    return model.manifest().tensor() instanceof FeatureSpec
        ? FeatureEmotionClassifier.open(engine, model, features, Optional.empty(), options)
        : NetworkEmotionClassifier.open(engine, model, options);
  }

  private static void requireSameCrop(CropRule expected, EmotionClassifier branch, String name) {
    if (!branch.cropRule().equals(expected)) {
      throw new IllegalArgumentException(
          "expected the same crop rule for all branches, found %s for '%s' and %s for the fusion"
              .formatted(branch.cropRule(), name, expected));
    }
  }

  @Override
  public CropRule cropRule() {
    return cropRule;
  }

  @Override
  public List<EmotionScores> classify(List<FaceCrop> crops) {
    List<float[]> rows = rows(crops);
    List<EmotionScores> scores = new ArrayList<>(crops.size());
    for (int begin = 0; begin < crops.size(); begin += session.maxBatch()) {
      int batch = Math.min(session.maxBatch(), crops.size() - begin);
      for (int i = 0; i < batch; i++) {
        session.input().put(i * spec.length(), rows.get(begin + i));
      }
      session.run(batch);
      FloatBuffer output = session.output(0);
      for (int i = 0; i < batch; i++) {
        scores.add(reader.scores(output, i));
      }
    }
    return scores;
  }

  /**
   * Returns what the network takes for each crop, in the order of {@link ScoresSpec}: what the
   * training of a fusion learns from.
   *
   * @throws FerException if a branch fails; the classifier stays usable
   * @throws IllegalStateException after {@link #close()}
   */
  public List<float[]> rows(List<FaceCrop> crops) {
    if (closed) {
      throw new IllegalStateException("The classifier in '" + place + "' is closed.");
    }
    List<FacialFeatures> measured = features.read(crops);
    List<List<EmotionScores>> said = new ArrayList<>(branches.size());
    for (EmotionClassifier branch : branches) {
      said.add(
          branch instanceof FeatureEmotionClassifier classifier
              ? classifier.classifyFeatures(measured)
              : branch.classify(crops));
    }
    List<float[]> rows = new ArrayList<>(crops.size());
    for (int i = 0; i < crops.size(); i++) {
      rows.add(row(said, i, isReliable(measured.get(i))));
    }
    return rows;
  }

  /** Tells whether classifiers of features can be relied on. */
  private boolean isReliable(FacialFeatures face) {
    return face.hasGeometry()
        && face.presence() >= spec.leastPresence()
        && face.of(LIPS_CONTRAST) >= spec.leastLipsContrast();
  }

  private float[] row(List<List<EmotionScores>> said, int face, boolean reliable) {
    float[] row = new float[spec.length()];
    float[] mean = new float[CLASSES];
    float total = 0;
    for (int b = 0; b < branches.size(); b++) {
      float weight = isHeard(b, reliable) ? spec.weights().get(b) : 0;
      total += weight;
      for (Emotion emotion : Emotion.all()) {
        float score = said.get(b).get(face).of(emotion);
        float logarithm = (float) Math.log(Math.max(LEAST_SCORE, score));
        row[b * CLASSES + emotion.ordinal()] = logarithm;
        mean[emotion.ordinal()] += weight * logarithm;
      }
    }
    for (int b = 0; b < branches.size() && total > 0; b++) {
      if (!isHeard(b, reliable)) {
        for (int k = 0; k < CLASSES; k++) {
          row[b * CLASSES + k] = mean[k] / total;
        }
      }
    }
    return row;
  }

  private boolean isHeard(int branch, boolean reliable) {
    return reliable || !(branches.get(branch) instanceof FeatureEmotionClassifier);
  }

  @Override
  public StageDescription describe() {
    return description;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    List<AutoCloseable> owned = new ArrayList<>(branches);
    owned.add(landmarks);
    owned.add(session);
    Resources.closeAll(owned, "A part of the fusion can't be closed");
  }
}
