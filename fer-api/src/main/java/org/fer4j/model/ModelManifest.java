package org.fer4j.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fer4j.CropRule;
import org.fer4j.Emotion;
import org.fer4j.EmotionScores;
import org.fer4j.LandmarkLayout;
import org.fer4j.Point;

/**
 * What {@code model.json} says of the network beside it.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param name stable, lower case
 * @param version of the weights
 * @param task what the network does
 * @param description one sentence for people
 * @param file name of the network's file, beside the manifest
 * @param sha256 of that file, lower-case hexadecimal
 * @param license SPDX identifier
 * @param source where the weights come from
 * @param tensor what the network takes: "input" in the file
 * @param detector how the outputs are read, for face detection
 * @param classifier how the output is read, for emotion classification
 * @param landmarks how the outputs are read, for face landmarks
 * @param accuracy measured figures, if there are any
 */
public record ModelManifest(
    String name,
    String version,
    Task task,
    String description,
    String file,
    String sha256,
    String license,
    String source,
    TensorSpec tensor,
    Optional<DetectorSpec> detector,
    Optional<ClassifierSpec> classifier,
    Optional<LandmarkSpec> landmarks,
    Optional<MeasuredAccuracy> accuracy) {

  /** The name of a manifest's file. */
  public static final String FILE_NAME = "model.json";

  /**
   * What a network does.
   *
   * <p>Immutable and safe for use by many threads.
   */
  public enum Task {
    FACE_DETECTION("face-detection"),
    EMOTION_CLASSIFICATION("emotion-classification"),
    FACE_LANDMARKS("face-landmarks");

    private final String label;

    Task(String label) {
      this.label = label;
    }

    /** Returns the stable name in manifests. */
    public String label() {
      return label;
    }
  }

  /**
   * Checks that the manifest says what its task needs.
   *
   * @throws IllegalArgumentException if it does not
   */
  public ModelManifest {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "expected 64 lower-case hexadecimal digits for 'sha256', found '" + sha256 + "'");
    }
    if (!file.matches("[^/\\\\:\\p{Cntrl}]+") || file.equals(".") || file.equals("..")) {
      throw new IllegalArgumentException(
          "expected the name of a file beside the manifest for 'file', found '" + file + "'");
    }
    if (task == Task.FACE_DETECTION && detector.isEmpty()) {
      throw new IllegalArgumentException("expected 'detector' for a face-detection network");
    }
    if (task == Task.EMOTION_CLASSIFICATION && classifier.isEmpty()) {
      throw new IllegalArgumentException(
          "expected 'classifier' for an emotion-classification network");
    }
    if (task == Task.FACE_LANDMARKS && landmarks.isEmpty()) {
      throw new IllegalArgumentException("expected 'landmarks' for a face-landmarks network");
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws IllegalArgumentException if it is not JSON, or a member is missing or wrong; the
   *     message names it
   */
  public static ModelManifest parse(String json) {
    JsonObject root = JsonObject.parse(json);
    return new ModelManifest(
        root.string("name"),
        root.string("version"),
        task(root.string("task")),
        root.string("description"),
        root.string("file"),
        root.string("sha256"),
        root.string("license"),
        root.string("source"),
        tensor(root.object("input")),
        root.optionalObject("detector").map(ModelManifest::detector),
        root.optionalObject("classifier").map(ModelManifest::classifier),
        root.optionalObject("landmarks").map(ModelManifest::landmarks),
        root.optionalObject("accuracy").map(ModelManifest::accuracy));
  }

  /**
   * Returns how pixels become the input.
   *
   * @throws IllegalArgumentException if the network takes something else
   */
  public InputSpec input() {
    if (tensor instanceof InputSpec pixels) {
      return pixels;
    }
    throw new IllegalArgumentException(
        "expected a network that takes pixels, found '%s', which takes something else"
            .formatted(name));
  }

  /** Returns the detector's part; only for a network that detects. */
  public DetectorSpec requireDetector() {
    return detector.orElseThrow(() -> wrongTask(Task.FACE_DETECTION));
  }

  /** Returns the classifier's part; only for a network that classifies. */
  public ClassifierSpec requireClassifier() {
    return classifier.orElseThrow(() -> wrongTask(Task.EMOTION_CLASSIFICATION));
  }

  /** Returns the landmarks' part; only for a network that finds landmarks. */
  public LandmarkSpec requireLandmarks() {
    return landmarks.orElseThrow(() -> wrongTask(Task.FACE_LANDMARKS));
  }

  private IllegalArgumentException wrongTask(Task expected) {
    return new IllegalArgumentException(
        "expected a model for %s, found '%s', which is for %s"
            .formatted(expected.label(), name, task.label()));
  }

  private static Task task(String label) {
    for (Task task : Task.values()) {
      if (task.label().equals(label)) {
        return task;
      }
    }
    throw new IllegalArgumentException(
        "expected face-detection, emotion-classification or face-landmarks for 'task', found '%s'"
            .formatted(label));
  }

  private static TensorSpec tensor(JsonObject json) {
    if (json.has("features")) {
      JsonObject features = json.object("features");
      return new FeatureSpec(
          json.string("name"), features.string("layout"), features.integer("length"));
    }
    if (json.has("scores")) {
      JsonObject scores = json.object("scores");
      return new ScoresSpec(
          json.string("name"),
          scores.strings("branches"),
          scores.decimals("weights"),
          scores.decimal("leastPresence"),
          scores.decimal("leastLipsContrast"));
    }
    return pixels(json);
  }

  private static InputSpec pixels(JsonObject json) {
    int width = json.integer("width");
    int height = json.integer("height");
    if (width != height) {
      throw new IllegalArgumentException(
          "expected a square input, found %d x %d".formatted(width, height));
    }
    return new InputSpec(
        json.string("name"),
        json.constant("layout", InputSpec.Layout.class),
        width,
        json.constant("color", InputSpec.Color.class),
        json.decimals("mean"),
        json.decimals("std"),
        json.constant("border", InputSpec.Border.class));
  }

  private static DetectorSpec detector(JsonObject json) {
    List<DetectorSpec.AnchorGrid> anchors = new ArrayList<>();
    for (JsonObject grid : json.objects("anchors")) {
      anchors.add(new DetectorSpec.AnchorGrid(grid.integer("stride"), grid.integer("perCell")));
    }
    return new DetectorSpec(
        json.string("boxes"),
        json.string("scores"),
        anchors,
        new LandmarkLayout(json.strings("keypoints")),
        json.decimal("scoreThreshold"),
        json.decimal("scoreClip"),
        json.decimal("suppressionThreshold"));
  }

  private static ClassifierSpec classifier(JsonObject json) {
    List<Emotion> labels = new ArrayList<>();
    for (String label : json.strings("labels")) {
      labels.add(
          Emotion.ofLabel(label)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "expected labels of %s for 'classifier.labels', found '%s'"
                              .formatted(Emotion.all(), label))));
    }
    return new ClassifierSpec(
        json.string("logits"),
        labels,
        json.decimal("temperature", 1),
        json.optionalObject("prior")
            .map(shares -> prior(shares, json.decimal("balancedStrength", 1))),
        crop(json.object("crop")));
  }

  private static LandmarkSpec landmarks(JsonObject json) {
    return new LandmarkSpec(
        json.string("points"),
        json.string("presence"),
        json.integer("count"),
        json.decimal("presenceThreshold"),
        json.decimal("cropScale"));
  }

  private static TrainingPrior prior(JsonObject json, float balancedStrength) {
    float[] shares = new float[Emotion.all().size()];
    for (Emotion emotion : Emotion.all()) {
      shares[emotion.ordinal()] = json.decimal(emotion.label());
    }
    try {
      return new TrainingPrior(EmotionScores.of(shares), balancedStrength);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + " in 'classifier.prior'", e);
    }
  }

  private static CropRule crop(JsonObject json) {
    Map<String, Point> template = new LinkedHashMap<>();
    JsonObject keypoints = json.object("keypoints");
    for (String name : keypoints.names()) {
      List<Float> point = keypoints.decimals(name);
      if (point.size() != 2) {
        throw new IllegalArgumentException(
            "expected two numbers for 'crop.keypoints.%s', found %s".formatted(name, point));
      }
      template.put(name, new Point(point.get(0), point.get(1)));
    }
    JsonObject box = json.object("box");
    return new CropRule(
        template, box.decimal("shiftX"), box.decimal("shiftY"), box.decimal("scale"));
  }

  private static MeasuredAccuracy accuracy(JsonObject json) {
    List<Float> interval = json.decimals("ci95");
    if (interval.size() != 2) {
      throw new IllegalArgumentException(
          "expected two numbers for 'accuracy.ci95', found " + interval);
    }
    return new MeasuredAccuracy(
        json.string("dataset"),
        json.integer("images"),
        json.number("accuracy"),
        interval.get(0),
        interval.get(1),
        json.string("command"));
  }
}
