package org.fer4j.inference;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fer4j.ClassifierOptions;
import org.fer4j.DetectorOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.FaceDetector;
import org.fer4j.LandmarkDetector;
import org.fer4j.LandmarkOptions;
import org.fer4j.model.ClassifierSpec;
import org.fer4j.model.FeatureSpec;
import org.fer4j.model.Model;
import org.fer4j.model.ModelManifest;
import org.fer4j.model.ModelManifest.Task;
import org.fer4j.model.ScoresSpec;
import org.fer4j.spi.Backend;

/**
 * A backend made of an engine and the networks that are bundled with it.
 *
 * <p>Safe for use by many threads.
 */
public abstract class NetworkBackend implements Backend {

  private static final String NEAR = "blazeface-short";
  private static final String FAR = "blazeface-full";

  /** Stands between the name of a fusion and that of one of its rules. */
  private static final char RULE = ':';

  private final String name;
  private final int priority;
  private final Class<?> anchor;
  private final List<String> bundled;

  /**
   * Describes the backend; nothing is loaded.
   *
   * @param anchor in whose package the folder {@code models} lies
   * @param bundled names of the folders in it
   */
  protected NetworkBackend(String name, int priority, Class<?> anchor, List<String> bundled) {
    this.name = name;
    this.priority = priority;
    this.anchor = anchor;
    this.bundled = List.copyOf(bundled);
  }

  /**
   * Returns the engine, loading its native code if it is not loaded yet.
   *
   * @throws org.fer4j.FerException if that fails; the cause is kept
   */
  protected abstract InferenceEngine engine();

  /** Returns what {@link #openDetector} takes beside the names of networks, for messages. */
  protected List<String> detectorNames() {
    return List.of(PHOTO_DETECTOR);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int priority() {
    return priority;
  }

  @Override
  public List<ModelManifest> models() {
    return bundled.stream().map(folder -> bundledModel(folder).manifest()).toList();
  }

  @Override
  public FaceDetector openDetector(String model, DetectorOptions options) {
    return model.equals(PHOTO_DETECTOR)
        ? PhotoFaceDetector.open(engine(), bundledModel(NEAR), bundledModel(FAR), options)
        : SingleShotFaceDetector.open(
            engine(), find(model, Task.FACE_DETECTION, detectorNames()), options);
  }

  @Override
  public EmotionClassifier openClassifier(String model, ClassifierOptions options) {
    // A fusion has an output for each of its rules.
    int rule = isModel(model) ? -1 : model.lastIndexOf(RULE);
    boolean isNamedRule = rule > 0 && isModel(model.substring(0, rule));
    String name = isNamedRule ? model.substring(0, rule) : model;
    Model found = find(name, Task.EMOTION_CLASSIFICATION, List.of());
    if (isNamedRule && !(found.manifest().tensor() instanceof ScoresSpec)) {
      throw new IllegalArgumentException(
          "expected a fusion before '%s', found '%s'".formatted(RULE, model));
    }
    if (found.manifest().tensor() instanceof ScoresSpec) {
      ClassifierSpec spec = found.manifest().requireClassifier();
      return FusedEmotionClassifier.open(
          engine(),
          found,
          isNamedRule ? spec.withLogits(model.substring(rule + 1)) : spec,
          branch -> find(branch, Task.EMOTION_CLASSIFICATION, List.of()),
          openLandmarkDetector(LANDMARKS, landmarkOptions(options)),
          options);
    }
    if (found.manifest().tensor() instanceof FeatureSpec) {
      return FeatureEmotionClassifier.open(
          engine(), found, openLandmarkDetector(LANDMARKS, landmarkOptions(options)), options);
    }
    return NetworkEmotionClassifier.open(engine(), found, options);
  }

  /** A File, since a Path may not have a colon everywhere. */
  private boolean isModel(String model) {
    return bundled.contains(model) || new File(model, ModelManifest.FILE_NAME).isFile();
  }

  private static LandmarkOptions landmarkOptions(ClassifierOptions options) {
    return LandmarkOptions.defaults()
        .withMaxBatch(options.maxBatch())
        .withRuntime(options.runtime());
  }

  @Override
  public LandmarkDetector openLandmarkDetector(String model, LandmarkOptions options) {
    return NetworkLandmarkDetector.open(
        engine(), find(model, Task.FACE_LANDMARKS, List.of()), options);
  }

  /** Finds a bundled model by name, or one in a folder. */
  private Model find(String model, Task task, List<String> furtherNames) {
    if (bundled.contains(model)) {
      return bundledModel(model);
    }
    if (Files.isDirectory(Path.of(model))) {
      return Model.ofDirectory(Path.of(model));
    }
    List<String> names = new ArrayList<>(furtherNames);
    models().stream().filter(m -> m.task() == task).map(ModelManifest::name).forEach(names::add);
    throw new IllegalArgumentException(
        "expected a model for %s of %s, or a folder with %s, found '%s'"
            .formatted(
                task.label(),
                names.stream().collect(Collectors.joining(", ")),
                ModelManifest.FILE_NAME,
                model));
  }

  private Model bundledModel(String folder) {
    return Model.ofResource(anchor, "models/" + folder);
  }
}
