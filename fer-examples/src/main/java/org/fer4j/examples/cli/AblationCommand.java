package org.fer4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.fer4j.ClassifierOptions;
import org.fer4j.DetectorOptions;
import org.fer4j.EmotionClassifier;
import org.fer4j.FaceCrop;
import org.fer4j.Frame;
import org.fer4j.examples.analysis.LabeledBatch;
import org.fer4j.examples.analysis.LabeledImageClassifier;
import org.fer4j.examples.analysis.Networks;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.LabeledImage;
import org.fer4j.training.data.Split;
import org.fer4j.training.evaluation.Corruption;
import org.fer4j.training.evaluation.Evaluation;
import org.fer4j.training.evaluation.EvaluationMeter;
import org.fer4j.training.evaluation.Robustness;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fer ablation}: what each classifier and each way to fuse them is worth. */
@Command(
    name = "ablation",
    description = "Compares classifiers and fusions on the same labelled face crops.",
    footer = {
      "",
      "DATA is what 'fer evaluate' takes. Prints a row of a Markdown table for each classifier:",
      "accuracy, macro F1 and calibration error on the images; milliseconds for one face, the"
          + " median",
      "on one thread; and the accuracy on corrupted copies of some of the images, all 25"
          + " corruptions",
      "and the five occlusions alone."
    })
final class AblationCommand implements Callable<Integer> {

  private static final int BATCH = 32;
  private static final int WARM_UP_FACES = 20;
  private static final int TIMED_FACES = 60;
  private static final double NANOS_PER_MILLI = 1e6;

  @Parameters(paramLabel = "DATA", description = "Labelled face crops.")
  private Path data = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "train, valid or test (default: ${DEFAULT-VALUE}).")
  private String split = Split.TEST.label();

  @Option(
      names = "--models",
      paramLabel = "NAME|DIR",
      split = ",",
      description = "What is compared (default: ${DEFAULT-VALUE}).")
  private List<String> models =
      List.of(
          "fer-svm",
          "fer-forest",
          Backend.LIVE_CLASSIFIER,
          Backend.PHOTO_CLASSIFIER,
          "fused:average",
          "fused:weighted",
          "fused:stacked");

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "How many images, evenly picked (default: all).")
  private int sample = Integer.MAX_VALUE;

  @Option(
      names = "--robustness-sample",
      paramLabel = "N",
      description =
          "How many of the images are corrupted as well, in 25 ways each (default:"
              + " ${DEFAULT-VALUE}).")
  private int robustnessSample = 100;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    if (sample < 1 || robustnessSample < 1) {
      throw common.usage(
          "Expected samples of at least 1, found %d and %d".formatted(sample, robustnessSample));
    }
    try (ExpressionDataset dataset = ExpressionDataset.open(data, Split.ofLabel(split))) {
      List<LabeledImage> labeled =
          dataset.images().stream().filter(image -> image.label().isPresent()).toList();
      List<LabeledImage> images = pick(labeled, sample);
      List<LabeledImage> corrupted = pick(images, robustnessSample);
      PrintWriter out = common.out();
      out.printf(
          Locale.ROOT,
          "| classifier | accuracy of %,d | macro F1 | ECE | ms a face | corrupted, %,d x 25 |"
              + " occluded, %,d x 5 |%n",
          images.size(),
          corrupted.size(),
          corrupted.size());
      out.println("| --- | --- | --- | --- | --- | --- | --- |");
      for (String model : models) {
        out.println(row(model, images, corrupted));
        out.flush();
      }
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw common.usage(e);
    }
  }

  /** Picks so many at equal distances. */
  private static List<LabeledImage> pick(List<LabeledImage> images, int wanted) {
    int count = Math.min(wanted, images.size());
    return IntStream.range(0, count)
        .mapToObj(i -> images.get((int) ((long) i * images.size() / count)))
        .toList();
  }

  private String row(String model, List<LabeledImage> images, List<LabeledImage> corrupted) {
    Networks networks =
        new Networks(
            Backends.preferred(),
            Networks.NO_DETECTOR,
            DetectorOptions.defaults(),
            model,
            ClassifierOptions.defaults());
    EvaluationMeter meter = new EvaluationMeter();
    try (LabeledImageClassifier classifier = new LabeledImageClassifier(networks, false)) {
      for (LabeledBatch batch : batches(classifier, images, "Evaluating " + model)) {
        batch.scored().forEach(image -> meter.add(image.truth(), image.scores()));
      }
    }
    Robustness robustness = Robustness.none();
    try (LabeledImageClassifier classifier = new LabeledImageClassifier(networks, true)) {
      for (LabeledBatch batch : batches(classifier, corrupted, "Corrupting for " + model)) {
        robustness = robustness.plus(batch.robustness());
      }
    }
    Evaluation found = meter.evaluation();
    return String.format(
        Locale.ROOT,
        "| %s | %.2f %% (%.1f to %.1f) | %.1f %% | %.3f | %.1f | %.1f %% | %.1f %% |",
        model,
        100 * found.accuracy(),
        100 * found.accuracyInterval().low(),
        100 * found.accuracyInterval().high(),
        100 * found.confusion().macroF1(),
        found.calibration().expectedError(),
        medianMillis(networks, images),
        100 * robustness.meanAccuracy(),
        100 * robustness.meanAccuracy(Corruption.OCCLUSION));
  }

  private List<LabeledBatch> batches(
      LabeledImageClassifier classifier, List<LabeledImage> images, String text) {
    List<LabeledBatch> batches = new ArrayList<>();
    try (Progress progress = Progress.of(text, images.size())) {
      for (int begin = 0; begin < images.size(); begin += BATCH) {
        LabeledBatch batch =
            classifier.classify(images.subList(begin, Math.min(images.size(), begin + BATCH)));
        batch.unreadable().forEach(problem -> common.log().println("fer: " + problem));
        batches.add(batch);
        progress.step(batch.size());
      }
    }
    return batches;
  }

  /** Times one face at a time, after some that warm up. */
  private double medianMillis(Networks networks, List<LabeledImage> images) {
    List<FaceCrop> crops = new ArrayList<>();
    for (LabeledImage image : pick(images, WARM_UP_FACES + TIMED_FACES)) {
      try {
        crops.add(FaceCrop.whole(Frame.of(image.read())));
      } catch (IOException e) {
        common.log().println("fer: not timed: " + e.getMessage());
      }
    }
    long[] nanos = new long[crops.size()];
    try (EmotionClassifier classifier = networks.openClassifier()) {
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        classifier.classify(List.of(crops.get(i)));
        nanos[i] = System.nanoTime() - start;
      }
    }
    long[] timed =
        Arrays.copyOfRange(nanos, Math.min(WARM_UP_FACES, nanos.length - 1), nanos.length);
    Arrays.sort(timed);
    return timed[timed.length / 2] / NANOS_PER_MILLI;
  }
}
