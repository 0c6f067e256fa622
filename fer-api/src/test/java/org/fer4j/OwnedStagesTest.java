package org.fer4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fer4j.model.ModelManifest;
import org.fer4j.spi.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which stages a pipeline opens and closes. Each test runs in a class loader of its own in which a
 * recording backend is registered; a registration on the test class path would reach the modules
 * that use this module's contract suites.
 */
class OwnedStagesTest {

  private final Path folder;

  OwnedStagesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Runs in the class loader with the registered backend; called by its name. */
  public static final class Scenarios {

    private Scenarios() {}

    public static List<String> opensAndClosesBoth() {
      FramePipeline pipeline = FramePipeline.create();
      pipeline.close();
      pipeline.close();
      return Recording.EVENTS;
    }

    public static List<String> opensWhatIsNamed() {
      FramePipeline.builder()
          .backend("recording")
          .detector("near")
          .detectorOptions(DetectorOptions.defaults().withScoreThreshold(0.25))
          .classifier("small")
          .classifierOptions(ClassifierOptions.defaults().withMaxBatch(3))
          .build()
          .close();
      return Recording.EVENTS;
    }

    public static List<String> leavesTheCallersDetectorOpen() {
      FramePipeline.builder().detector(new Stage("own", false)).build().close();
      return Recording.EVENTS;
    }

    public static List<String> closesTheDetectorIfThereIsNoClassifier() {
      try {
        FramePipeline.builder().classifier("missing").build();
      } catch (IllegalArgumentException e) {
        Recording.EVENTS.add(e.getMessage());
      }
      return Recording.EVENTS;
    }

    public static List<String> closesTheSecondIfTheFirstFails() {
      FramePipeline pipeline = FramePipeline.builder().detector("fails-to-close").build();
      try {
        pipeline.close();
      } catch (FerException e) {
        Recording.EVENTS.add(e.getMessage());
      }
      pipeline.close();
      return Recording.EVENTS;
    }

    public static List<String> opensLandmarksIfAsked() {
      Stage own = new Stage("own", false);
      FramePipeline.builder().landmarks().landmarks(own).build().close();
      FramePipeline.builder()
          .landmarks(own)
          .landmarks()
          .landmarkOptions(LandmarkOptions.defaults().withMaxBatch(5))
          .build()
          .close();
      return Recording.EVENTS;
    }

    public static List<String> theLastWordOnAStageCounts() {
      Stage own = new Stage("own", false);
      FramePipeline.builder().detector("near").detector(own).build().close();
      FramePipeline.builder().detector(own).detector("near").build().close();
      return Recording.EVENTS;
    }
  }

  /** Writes down what is opened and closed. */
  public static final class Recording implements Backend {

    static final List<String> EVENTS = new ArrayList<>();

    @Override
    public String name() {
      return "recording";
    }

    @Override
    public int priority() {
      return 0;
    }

    @Override
    public List<ModelManifest> models() {
      return List.of();
    }

    @Override
    public FaceDetector openDetector(String model, DetectorOptions options) {
      String threshold =
          options.scoreThreshold().isPresent()
              ? " from " + options.scoreThreshold().getAsDouble()
              : "";
      EVENTS.add("open detector " + model + threshold);
      return new Stage(model, model.equals("fails-to-close"));
    }

    @Override
    public EmotionClassifier openClassifier(String model, ClassifierOptions options) {
      if (model.equals("missing")) {
        throw new IllegalArgumentException("no such classifier");
      }
      EVENTS.add("open classifier " + model + " for " + options.maxBatch());
      return new Stage(model, false);
    }

    @Override
    public LandmarkDetector openLandmarkDetector(String model, LandmarkOptions options) {
      EVENTS.add("open landmarks " + model + " for " + options.maxBatch());
      return new Stage(model, false);
    }
  }

  /** A stage that only tells when it is closed. */
  private record Stage(String name, boolean failing)
      implements FaceDetector, EmotionClassifier, LandmarkDetector {

    @Override
    public List<Face> detect(Frame frame) {
      return List.of();
    }

    @Override
    public CropRule cropRule() {
      throw new IllegalStateException("never asked for");
    }

    @Override
    public List<EmotionScores> classify(List<FaceCrop> crops) {
      return List.of();
    }

    @Override
    public List<Optional<FaceMesh>> detect(Frame frame, List<Face> faces) {
      return List.of();
    }

    @Override
    public void close() {
      Recording.EVENTS.add("close " + name);
      if (failing) {
        throw new IllegalStateException("stuck");
      }
    }
  }

  private List<?> run(String scenario) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Backend.class.getName()), Recording.class.getName());
    URL[] places = {folder.toUri().toURL(), placeOf(FramePipeline.class), placeOf(getClass())};
    try (URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
      return (List<?>) loader.loadClass(Scenarios.class.getName()).getMethod(scenario).invoke(null);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static URL placeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  @Test
  void opensAndClosesBoth() throws Exception {
    assertEquals(
        List.of(
            "open detector blazeface",
            "open classifier fer-accurate for 16",
            "close blazeface",
            "close fer-accurate"),
        run("opensAndClosesBoth"));
  }

  @Test
  void opensWhatIsNamed() throws Exception {
    assertEquals(
        List.of(
            "open detector near from 0.25",
            "open classifier small for 3",
            "close near",
            "close small"),
        run("opensWhatIsNamed"));
  }

  @Test
  void leavesTheCallersDetectorOpen() throws Exception {
    assertEquals(
        List.of("open classifier fer-accurate for 16", "close fer-accurate"),
        run("leavesTheCallersDetectorOpen"));
  }

  @Test
  void closesTheDetectorIfThereIsNoClassifier() throws Exception {
    assertEquals(
        List.of("open detector blazeface", "close blazeface", "no such classifier"),
        run("closesTheDetectorIfThereIsNoClassifier"));
  }

  @Test
  void closesTheSecondIfTheFirstFails() throws Exception {
    assertEquals(
        List.of(
            "open detector fails-to-close",
            "open classifier fer-accurate for 16",
            "close fails-to-close",
            "close fer-accurate",
            "A stage could not be closed: stuck"),
        run("closesTheSecondIfTheFirstFails"));
  }

  @Test
  void opensLandmarksIfAsked() throws Exception {
    List<String> open = List.of("open detector blazeface", "open classifier fer-accurate for 16");
    List<String> close = List.of("close blazeface", "close fer-accurate");
    List<String> expected = new ArrayList<>(open);
    expected.addAll(close);
    expected.addAll(open);
    expected.add("open landmarks face-mesh for 5");
    expected.addAll(close);
    expected.add("close face-mesh");
    assertEquals(expected, run("opensLandmarksIfAsked"));
  }

  @Test
  void theLastWordOnAStageCounts() throws Exception {
    assertEquals(
        List.of(
            "open classifier fer-accurate for 16",
            "close fer-accurate",
            "open detector near",
            "open classifier fer-accurate for 16",
            "close near",
            "close fer-accurate"),
        run("theLastWordOnAStageCounts"));
  }
}
