package org.fer4j.examples.cli;

import java.nio.file.Path;
import org.fer4j.ClassifierOptions;
import org.fer4j.Prior;
import org.fer4j.examples.analysis.Networks;
import org.fer4j.spi.Backend;
import picocli.CommandLine.Option;

/** The options that say which networks look at images. */
final class NetworkOptions extends DetectionOptions {

  private static final String NATURAL = "natural";
  private static final String BALANCED = "balanced";

  @Option(
      names = "--model",
      paramLabel = "NAME|DIR",
      description = {
        "A bundled expression network or a folder with a manifest (default: ${DEFAULT-VALUE})."
      })
  private String model = Backend.PHOTO_CLASSIFIER;

  @Option(
      names = "--prior",
      paramLabel = "natural|balanced|FILE",
      description = {
        "How often expressions are taken to occur: as in training; all alike, as far as the model"
            + " says that it pays; or as a JSON or properties file says, a number for each of the"
            + " eight (default: ${DEFAULT-VALUE})."
      })
  private String prior = NATURAL;

  /**
   * Creates the options.
   *
   * @param detector that is used unless another is named
   */
  NetworkOptions(String detector) {
    super(detector);
  }

  /** Returns what was asked for. */
  Networks networks() {
    return networks(model, ClassifierOptions.defaults().withPrior(chosenPrior()));
  }

  /** Returns the prior as it was asked for, for reports. */
  String prior() {
    return prior;
  }

  private Prior chosenPrior() {
    if (prior.equals(NATURAL)) {
      return Prior.natural();
    }
    if (prior.equals(BALANCED)) {
      return Prior.balanced();
    }
    try {
      return Prior.of(PriorFile.read(Path.of(prior)));
    } catch (IllegalArgumentException e) {
      throw wrong("--prior", String.valueOf(e.getMessage()));
    }
  }
}
