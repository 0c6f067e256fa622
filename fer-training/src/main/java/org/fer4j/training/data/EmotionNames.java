package org.fer4j.training.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fer4j.Emotion;

/** The names that datasets give to expressions. */
final class EmotionNames {

  private static final Map<Emotion, List<String>> NAMES =
      Map.of(
          Emotion.NEUTRAL, List.of("neutral", "neutrality", "calm"),
          Emotion.HAPPINESS, List.of("happiness", "happy", "joy", "joyful", "smile", "smiling"),
          Emotion.SURPRISE, List.of("surprise", "surprised"),
          Emotion.SADNESS, List.of("sadness", "sad"),
          Emotion.ANGER, List.of("anger", "angry"),
          Emotion.DISGUST, List.of("disgust", "disgusted"),
          Emotion.FEAR, List.of("fear", "fearful", "afraid", "scared"),
          Emotion.CONTEMPT, List.of("contempt", "contemptuous"));

  private static final Map<String, Emotion> BY_NAME =
      NAMES.entrySet().stream()
          .flatMap(entry -> entry.getValue().stream().map(name -> Map.entry(name, entry.getKey())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private EmotionNames() {}

  /** Understands "Happy", "3_happy", "03 - HAPPINESS" and so on. */
  static Optional<Emotion> find(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return Optional.ofNullable(BY_NAME.get(letters));
  }

  /** Returns the names that are understood, for messages. */
  static String known() {
    return Emotion.all().stream()
        .map(emotion -> String.join("/", NAMES.getOrDefault(emotion, List.of())))
        .collect(Collectors.joining(", "));
  }
}
