package org.fer4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fer4j.CropRule;
import org.fer4j.DetectorOptions;
import org.fer4j.Emotion;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.fer4j.training.CropRuleEstimator;
import org.fer4j.training.CropSet;
import org.fer4j.training.Measurement;
import org.fer4j.training.ModelCard;
import org.fer4j.training.ModelFolder;
import org.fer4j.training.TrainedNetwork;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.LabeledImage;
import org.fer4j.training.data.Split;

/**
 * From a trained network to a folder with a model: measured, with the crop rule of its training
 * images.
 *
 * @param data what the network was trained on
 * @param leaveOut images that were not used
 * @param recipe its name or file
 */
record ModelExport(List<Path> data, LeaveOutOption leaveOut, String recipe) {

  /** The medians of the crop rule are as good with a part of the images. */
  private static final int MOST_CROPS_FOR_RULE = 8000;

  /** Writes the model and returns how accurate it is. */
  Measurement write(
      Path folder,
      String model,
      TrainedNetwork network,
      CropSet training,
      CropSet validation,
      PrintWriter log) {
    Measurement measurement = network.measure(validation);
    String command =
        "./fer evaluate %s --split valid --detector none --model %s%s"
            .formatted(data.get(0).getFileName(), model, leaveOut.text());
    ModelCard card =
        new ModelCard(
            model,
            "1",
            "Expression network for face crops of %1$d x %1$d pixels"
                .formatted(network.recipe().network().inputSize()),
            "Apache-2.0",
            "Trained by fer4j on %s (training split), recipe %s"
                .formatted(names(), Path.of(recipe).getFileName()),
            measurement.temperature(),
            network.prior(training, validation),
            cropRule(log),
            Optional.of(
                ModelCard.Accuracy.of(
                    "%s, validation split, %d expressions".formatted(names(), Emotion.all().size()),
                    measurement,
                    command)));
    new ModelFolder(folder).write(network, card);
    return measurement;
  }

  private String names() {
    return data.stream()
        .map(path -> String.valueOf(path.getFileName()))
        .collect(Collectors.joining(", "));
  }

  /** Measures how the training images are framed. */
  CropRule cropRule(PrintWriter log) {
    try (FaceDetector detector =
        Backends.preferred().openDetector(Backend.PHOTO_DETECTOR, DetectorOptions.defaults())) {
      CropRuleEstimator estimator = new CropRuleEstimator(detector);
      for (Path path : data) {
        try (ExpressionDataset dataset =
            ExpressionDataset.open(path, Split.TRAIN, leaveOut.list())) {
          addTo(estimator, dataset.images());
        }
      }
      log.printf("crop rule from %d faces in %d crops%n", estimator.faces(), estimator.crops());
      return estimator.rule();
    }
  }

  private void addTo(CropRuleEstimator estimator, List<LabeledImage> images) {
    int stride = images.size() * data.size() / MOST_CROPS_FOR_RULE + 1;
    try (Progress progress = Progress.of("Measuring the crop rule", images.size() / stride)) {
      for (int i = 0; i < images.size(); i += stride) {
        addTo(estimator, images.get(i));
        progress.step(1);
      }
    }
  }

  private static void addTo(CropRuleEstimator estimator, LabeledImage image) {
    try {
      estimator.add(Frame.of(image.read()));
    } catch (IOException e) {
      // Told already, when training left it out.
      return;
    }
  }
}
