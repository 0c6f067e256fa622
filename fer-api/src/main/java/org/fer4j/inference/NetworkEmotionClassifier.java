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
import org.fer4j.model.InputSpec;
import org.fer4j.model.Model;

/**
 * A network that gives one logit for each expression.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class NetworkEmotionClassifier implements EmotionClassifier {

  private final InferenceSession session;
  private final InputSpec input;
  private final CropRule cropRule;
  private final TensorSampler sampler;
  private final LogitReader reader;
  private final String place;
  private final StageDescription description;
  private boolean closed;

  private NetworkEmotionClassifier(
      InferenceSession session, InputSpec input, Model model, LogitReader reader) {
    this.session = session;
    this.input = input;
    this.cropRule = model.manifest().requireClassifier().crop();
    this.sampler = new TensorSampler(input);
    this.reader = reader;
    this.place = model.place();
    this.description = Descriptions.of(model, session);
  }

  /**
   * Loads a classification network.
   *
   * @throws IllegalArgumentException if the model is not for classification of pixels, or its
   *     manifest does not tell the prior that the options need
   * @throws FerException if it can't be loaded
   */
  public static NetworkEmotionClassifier open(
      InferenceEngine engine, Model model, ClassifierOptions options) {
    LogitReader reader = new LogitReader(model, options);
    InputSpec input = model.manifest().input();
    InferenceSession session =
        engine.open(model, List.of(reader.output()), options.maxBatch(), options.runtime());
    return new NetworkEmotionClassifier(session, input, model, reader);
  }

  @Override
  public CropRule cropRule() {
    return cropRule;
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
        scores.add(reader.scores(output, i));
      }
    }
    return scores;
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
