package org.fer4j;

/**
 * How often each expression is taken to occur where a classifier is used.
 *
 * <p>A network learns how often expressions occurred in its training, and leans towards the
 * frequent ones where a face says little. Where others are frequent, or all matter alike, another
 * prior suits better.
 *
 * <p>Implementations are immutable and safe for use by many threads.
 */
public sealed interface Prior {

  /**
   * As often as in training: scores stay as the network gives them.
   *
   * <p>Immutable and safe for use by many threads.
   */
  record Natural() implements Prior {}

  /**
   * All alike, as far as the model's manifest says that it pays: rare expressions are recognised
   * more often, at the cost of frequent ones.
   *
   * <p>Immutable and safe for use by many threads.
   */
  record Balanced() implements Prior {}

  /**
   * So often as the caller says.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param shares how often each expression occurs; one with a share of 0 gets a score of 0
   */
  record Own(EmotionScores shares) implements Prior {}

  /** Returns the prior that leaves scores as they are. */
  static Prior natural() {
    return new Natural();
  }

  /** Returns the prior that helps rare expressions. */
  static Prior balanced() {
    return new Balanced();
  }

  /** Returns a prior with these shares; one of 0 means that the expression never occurs. */
  static Prior of(EmotionScores shares) {
    return new Own(shares);
  }
}
