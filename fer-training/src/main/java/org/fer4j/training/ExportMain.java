package org.fer4j.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.fer4j.CropRule;
import org.fer4j.DetectorOptions;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.Split;

/**
 * Exports the best weights of a run: {@code ExportMain DATA RUN_FOLDER MODEL_FOLDER GOLDEN_FILE
 * NAME}.
 */
public final class ExportMain {

  private ExportMain() {}

  /** Writes the model's folder and its golden vectors. */
  @SuppressWarnings("SystemOut") // A command.
  public static void main(String[] arguments) {
    String name = arguments[4];
    RunFolder run = new RunFolder(Path.of(arguments[1]));
    TrainedNetwork network = TrainedNetwork.read(run.best());
    Measurement measurement;
    try (ExpressionDataset data = ExpressionDataset.open(Path.of(arguments[0]), Split.VALID)) {
      int size = network.recipe().network().inputSize();
      measurement = network.measure(CropSet.ofWholeImages(data, size));
    }
    ModelCard card =
        new ModelCard(
            name,
            "1",
            "Residual network of dense 3x3 convolutions on 48x48 grey face crops, trained from scratch",
            "Apache-2.0",
            "Trained by fer4j on FER+ (training split) with the recipe %s.json".formatted(name),
            measurement.temperature(),
            crop(Path.of(arguments[0])),
            Optional.of(
                ModelCard.Accuracy.of(
                    "FER+ validation, 8 classes, majority",
                    measurement,
                    "./fer evaluate ferplus.zip --split valid --detector none --model " + name)));
    new ModelFolder(Path.of(arguments[2])).write(network, card);
    GoldenVectors.write(Path.of(arguments[3]), name, network);
    System.out.println(measurement);
  }

  private static CropRule crop(Path data) {
    try (FaceDetector detector =
            Backends.preferred().openDetector(Backend.PHOTO_DETECTOR, DetectorOptions.defaults());
        ExpressionDataset training = ExpressionDataset.open(data, Split.TRAIN)) {
      CropRuleEstimator estimator = new CropRuleEstimator(detector);
      for (int i = 0; i < training.images().size(); i += 4) {
        estimator.add(Frame.of(training.images().get(i).read()));
      }
      return estimator.rule();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
