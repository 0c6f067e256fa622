package org.fer4j.model;

import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.Prior;

/**
 * How often each expression occurred in the training of a network.
 *
 * <p>Softmax of the logits over the temperature is the network's posterior, p(e | face). By Bayes'
 * rule it is the likelihood of the face times the training's prior, so another prior is put in its
 * place by adding ln(wanted) - ln(training) to the logarithm of the posterior, which is to say to
 * the logits after their division by the temperature (Saerens, Latinne, Decaestecker, <i>Adjusting
 * the Outputs of a Classifier to New a Priori Probabilities</i>, Neural Computation 14, 2002).
 *
 * <p>The balanced prior subtracts only {@code balancedStrength} times ln(training), the tau of
 * Menon et al., <i>Long-tail learning via logit adjustment</i>, ICLR 2021: the whole of it helps
 * rare expressions most, but costs accuracy.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param shares the mean of what the network learned for each image: votes, or labels. An
 *     expression with a share of 0 was never seen; it counts as the most frequent one here, so that
 *     nothing lifts it
 * @param balancedStrength how much of the prior the balanced one takes away, from 0 (nothing) to 1
 *     (all of it: Bayes' rule)
 */
public record TrainingPrior(EmotionScores shares, float balancedStrength) {

  /** Added to the logit of what never occurs: the exponential of it is 0 even in doubles. */
  private static final float NEVER = -1000;

  /**
   * Checks the strength.
   *
   * @throws IllegalArgumentException if it is not in [0, 1]
   */
  public TrainingPrior {
    if (!(balancedStrength >= 0 && balancedStrength <= 1)) {
      throw new IllegalArgumentException(
          "expected a balanced strength in [0, 1], found " + balancedStrength);
    }
  }

  /**
   * Returns what to add to the logits after their division by the temperature, in the order of
   * {@link Emotion#all()}.
   */
  public float[] offsetsFor(Prior wanted) {
    float[] offsets = new float[Emotion.all().size()];
    for (Emotion emotion : Emotion.all()) {
      offsets[emotion.ordinal()] = offset(emotion, wanted);
    }
    return offsets;
  }

  private float offset(Emotion emotion, Prior wanted) {
    float share = shares.of(emotion) > 0 ? shares.of(emotion) : shares.confidence();
    if (wanted instanceof Prior.Own own) {
      float ownShare = own.shares().of(emotion);
      return ownShare > 0 ? (float) (Math.log(ownShare) - Math.log(share)) : NEVER;
    }
    return wanted instanceof Prior.Balanced ? (float) (-balancedStrength * Math.log(share)) : 0;
  }
}
