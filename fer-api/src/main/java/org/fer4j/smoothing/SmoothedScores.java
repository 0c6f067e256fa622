package org.fer4j.smoothing;

import org.fer4j.Emotion;
import org.fer4j.EmotionScores;

/**
 * Scores over the last moments.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param scores their average
 * @param label the expression to show. It may differ from {@link EmotionScores#top()}: it stays
 *     until another expression is clearly ahead
 */
public record SmoothedScores(EmotionScores scores, Emotion label) {}
