package org.fer4j.inference;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fer4j.ClassifierOptions;
import org.fer4j.CropRule;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.FaceCrop;
import org.fer4j.FerException;
import org.fer4j.StageDescription;
import org.fer4j.image.TensorSampler;
import org.fer4j.model.ClassifierSpec;
import org.fer4j.model.InputSpec;
import org.fer4j.model.Model;
import org.fer4j.model.ModelManifest;

/**
 * A network that gives one logit for each expression.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class NetworkEmotionClassifier implements EmotionClassifier {

  private final InferenceSession session;
  private final InputSpec input;
  private final ClassifierSpec spec;
  private final TensorSampler sampler;
  private final String place;
  private final StageDescription description;
  private final float[] priorOffsets;
  private final float[] logits;
  private boolean closed;

  private NetworkEmotionClassifier(
      InferenceSession session,
      InputSpec input,
      ClassifierSpec spec,
      float[] priorOffsets,
      Model model) {
    this.session = session;
    this.input = input;
    this.spec = spec;
    this.sampler = new TensorSampler(input);
    this.priorOffsets = priorOffsets;
    this.place = model.place();
    this.description = Descriptions.of(model, session);
    this.logits = new float[spec.labels().size()];
  }

  /**
   * Loads a classification network.
   *
   * @throws IllegalArgumentException if the model is not for classification, or its manifest does
   *     not tell the prior that the options need
   * @throws FerException if it can't be loaded
   */
  public static NetworkEmotionClassifier open(
      InferenceEngine engine, Model model, ClassifierOptions options) {
    ClassifierSpec spec = model.manifest().requireClassifier();
    float[] priorOffsets = priorOffsets(model, spec, options);
    List<InferenceEngine.Output> outputs =
        List.of(new InferenceEngine.Output(spec.logits(), spec.labels().size()));
    InferenceSession session = engine.open(model, outputs, options.maxBatch(), options.runtime());
    return new NetworkEmotionClassifier(
        session, model.manifest().input(), spec, priorOffsets, model);
  }

  private static float[] priorOffsets(Model model, ClassifierSpec spec, ClassifierOptions options) {
    try {
      return spec.priorOffsets(options.prior());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s in %s of '%s': add how often each expression occurred in its training, or ask for the natural prior"
              .formatted(e.getMessage(), ModelManifest.FILE_NAME, model.place()),
          e);
    }
  }

  @Override
  public CropRule cropRule() {
    return spec.crop();
  }

  @Override
  public List<EmotionScores> classify(List<FaceCrop> crops) {
    if (closed) {
      throw new IllegalStateException("The classifier in '" + place + "' is closed.");
    }
    List<EmotionScores> scores = new ArrayList<>(crops.size());
    for (int begin = 0; begin < crops.size(); begin += session.maxBatch()) {
      int batch = Math.min(session.maxBatch(), crops.size() - begin);
      for (int i = 0; i < batch; i++) {
        FaceCrop crop = crops.get(begin + i);
        sampler.sample(crop.frame(), crop.square(), session.input(), i * input.length());
      }
      session.run(batch);
      FloatBuffer output = session.output(0);
      for (int i = 0; i < batch; i++) {
        scores.add(scores(output, i));
      }
    }
    return scores;
  }

  private EmotionScores scores(FloatBuffer output, int row) {
    for (int column = 0; column < logits.length; column++) {
      float logit = output.get(row * logits.length + column) / spec.temperature();
      if (!Float.isFinite(logit)) {
        throw new FerException(
            "expected finite logits from the network in '%s', found %s for %s"
                .formatted(place, logit, spec.labels().get(column).label()));
      }
      int label = spec.labels().get(column).ordinal();
      logits[label] = logit + priorOffsets[label];
    }
    return EmotionScores.ofLogits(logits);
  }

  @Override
  public StageDescription describe() {
    return description;
  }

  @Override
  public void close() {
    closed = true;
    session.close();
  }
}
