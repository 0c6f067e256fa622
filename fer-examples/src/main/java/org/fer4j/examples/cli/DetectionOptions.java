package org.fer4j.examples.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.fer4j.ClassifierOptions;
import org.fer4j.DetectorOptions;
import org.fer4j.Device;
import org.fer4j.RuntimeOptions;
import org.fer4j.examples.analysis.Networks;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how faces are found. */
class DetectionOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "The library that runs the networks (default: the best one there is).")
  private @Nullable String backend;

  @Option(
      names = "--detector",
      paramLabel = "NAME|DIR|none",
      description = {
        "A bundled face detector or a folder with a manifest; with --backend opencv also 'haar', or"
            + " 'yunet:FILE' for OpenCV's YuNet; 'none' if the images are face crops already"
            + " (default: ${DEFAULT-VALUE})."
      })
  private String detector;

  @Option(
      names = "--min-face",
      paramLabel = "PIXELS",
      description = "The side of the smallest face that is looked for (default: 24, at least 8).")
  private @Nullable Integer minFace;

  @Option(
      names = "--score-threshold",
      paramLabel = "SCORE",
      description = "The least detector score of a face, 0 to 1 (default: the detector's own).")
  private @Nullable Double scoreThreshold;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = {
        "What runs the networks: cpu, cuda, tensorrt, coreml, directml, openvino; or auto: cuda if"
            + " it can be used, else cpu with a warning (default: cpu)."
      })
  private Device device = Device.CPU;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many images are looked at at a time (default: one for each processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  /**
   * Creates the options.
   *
   * @param detector that is used unless another is named
   */
  DetectionOptions(String detector) {
    this.detector = detector;
  }

  /** Returns what was asked for, with a classifier. */
  final Networks networks(String model, ClassifierOptions options) {
    RuntimeOptions runtime = RuntimeOptions.defaults().withDevice(device);
    return new Networks(
        chosenBackend(),
        detector,
        detectorOptions().withRuntime(runtime),
        model,
        options.withRuntime(runtime));
  }

  /** Returns the number of workers, at least 1. */
  final int threads() {
    if (threads < 1) {
      throw wrong("--threads", "expected at least 1, found " + threads);
    }
    return threads;
  }

  private Backend chosenBackend() {
    if (backend == null) {
      return Backends.preferred();
    }
    List<Backend> all = Backends.all();
    return all.stream()
        .filter(candidate -> candidate.name().equals(backend))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "--backend",
                    "expected one of %s, found '%s'"
                        .formatted(
                            all.stream().map(Backend::name).collect(Collectors.joining(", ")),
                            backend)));
  }

  private DetectorOptions detectorOptions() {
    DetectorOptions options = DetectorOptions.defaults();
    if (minFace != null) {
      try {
        options = options.withMinFaceSize(minFace);
      } catch (IllegalArgumentException e) {
        throw wrong("--min-face", String.valueOf(e.getMessage()));
      }
    }
    if (scoreThreshold != null) {
      try {
        options = options.withScoreThreshold(scoreThreshold);
      } catch (IllegalArgumentException e) {
        throw wrong("--score-threshold", String.valueOf(e.getMessage()));
      }
    }
    return options;
  }

  final ParameterException wrong(String option, String message) {
    if (command == null) {
      throw new IllegalStateException("picocli sets the command before it runs.");
    }
    return new ParameterException(
        command.commandLine(), "Invalid value for option '%s': %s".formatted(option, message));
  }
}
