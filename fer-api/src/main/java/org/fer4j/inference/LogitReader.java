package org.fer4j.inference;

import java.nio.FloatBuffer;
import org.fer4j.ClassifierOptions;
import org.fer4j.EmotionScores;
import org.fer4j.FerException;
import org.fer4j.model.ClassifierSpec;
import org.fer4j.model.Model;
import org.fer4j.model.ModelManifest;

/** Turns rows of logits into scores, as a manifest says and for the prior that is wanted. */
final class LogitReader {

  private final ClassifierSpec spec;
  private final String place;
  private final float[] priorOffsets;
  private final float[] logits;

  /**
   * Creates a reader.
   *
   * @throws IllegalArgumentException if the model is not for classification, or its manifest does
   *     not tell the prior that the options need
   */
  LogitReader(Model model, ClassifierOptions options) {
    this(model, model.manifest().requireClassifier(), options);
  }

  /** As {@link #LogitReader(Model, ClassifierOptions)}, with another way to read the output. */
  LogitReader(Model model, ClassifierSpec spec, ClassifierOptions options) {
    this.spec = spec;
    this.place = model.place();
    this.priorOffsets = priorOffsets(model, spec, options);
    this.logits = new float[spec.labels().size()];
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

  /** Returns the output that is read. */
  InferenceEngine.Output output() {
    return new InferenceEngine.Output(spec.logits(), spec.labels().size());
  }

  /**
   * Reads a row of the output.
   *
   * @throws FerException if a logit is not finite
   */
  EmotionScores scores(FloatBuffer output, int row) {
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
}
