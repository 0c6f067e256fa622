package org.fer4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fer4j.CropRule;
import org.fer4j.DetectorOptions;
import org.fer4j.Emotion;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.examples.drawing.LearningCurves;
import org.fer4j.model.TrainingPrior;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.fer4j.training.CropRuleEstimator;
import org.fer4j.training.CropSet;
import org.fer4j.training.EpochResult;
import org.fer4j.training.GoldenVectors;
import org.fer4j.training.Measurement;
import org.fer4j.training.ModelCard;
import org.fer4j.training.ModelFolder;
import org.fer4j.training.RunFolder;
import org.fer4j.training.SafeTensors;
import org.fer4j.training.TrainedNetwork;
import org.fer4j.training.Trainer;
import org.fer4j.training.TrainingListener;
import org.fer4j.training.TrainingRecipe;
import org.fer4j.training.TrainingResult;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.LabeledImage;
import org.fer4j.training.data.SecondLabels;
import org.fer4j.training.data.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fer train}: from labelled face crops to a model that the other commands use. */
@Command(
    name = "train",
    description = "Trains an expression network on labelled face crops and exports it to ONNX.",
    footer = {
      "",
      "DATA is what 'fer evaluate' takes. The run's folder holds the best weights and a",
      "checkpoint, and the learning curves as log.csv and curves.png. The same command goes on where",
      "a run was interrupted, at any moment."
    })
final class TrainCommand implements Callable<Integer> {

  /** The medians of the crop rule are as good with a part of the images. */
  private static final int MOST_CROPS_FOR_RULE = 8000;

  /**
   * Half of the prior's logarithm: with fer-fast on FER+ validation, none of it, half and all give
   * a macro recall of 61, 68 and 72 % at an accuracy of 84.9, 84.2 and 80.7 %.
   */
  private static final float BALANCED_STRENGTH = 0.5f;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "DATA", description = "Labelled face crops.")
  private Path data = Path.of("");

  @Option(
      names = "--recipe",
      paramLabel = "NAME|FILE",
      description = "A bundled recipe, or a file (default: ${DEFAULT-VALUE}).")
  private String recipe = "fer-fast";

  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "Where the run's files go, or are.")
  private Path run = Path.of("");

  @Option(
      names = "--export",
      required = true,
      paramLabel = "DIR",
      description = "Where the model goes: model.onnx and model.json.")
  private Path export = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name (default: that of its folder).")
  private @Nullable String name;

  @Option(
      names = "--second-labels",
      paramLabel = "FILE",
      description = {
        "What other annotators said of the same images, for a second head: a CSV file with the",
        "columns image and label. Recipes with a secondLabelWeight need it."
      })
  private @Nullable Path secondLabels;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "Weights to start from: best.safetensors of another run. The recipe's start is 'given'.")
  private @Nullable Path from;

  @Option(
      names = "--teacher",
      paramLabel = "FILE",
      description =
          "A teacher: best.safetensors of another run; may be repeated. The recipe has a weight.")
  private List<Path> teachers = List.of();

  @Option(
      names = "--half",
      description = "Export weights of 16 bits: half the size, the same speed.")
  private boolean half;

  @Option(
      names = "--golden",
      paramLabel = "FILE",
      description = "Also write inputs and their logits, for tests of backends.")
  private @Nullable Path golden;

  @Mixin private LeaveOutOption leaveOut = new LeaveOutOption();

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli and the handler of failures look at it.
  private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    TrainingRecipe chosen = chosenRecipe();
    SecondLabels second = second(chosen);
    CropSet training = load(Split.TRAIN, chosen, second);
    CropSet validation = load(Split.VALID, chosen, second);
    RunFolder folder = new RunFolder(run);
    Trainer trainer = trainer(chosen, folder);
    TrainingResult result = StopBeforeExit.during(() -> train(trainer, training, validation));
    if (result.end() == TrainingResult.End.INTERRUPTED) {
      return ExitCode.SOFTWARE;
    }
    TrainedNetwork best = TrainedNetwork.read(folder.best());
    export(half ? best.halved() : best, training, validation);
    return ExitCode.OK;
  }

  /** Trains, and tells of an interruption while the process still waits for that. */
  private TrainingResult train(Trainer trainer, CropSet training, CropSet validation) {
    TrainingResult result = trainer.train(training, validation);
    if (result.end() == TrainingResult.End.INTERRUPTED) {
      log().println("fer: interrupted; the same command goes on from here.");
    }
    return result;
  }

  private TrainingRecipe chosenRecipe() {
    if (Files.isRegularFile(Path.of(recipe))) {
      return TrainingRecipe.read(Path.of(recipe));
    }
    try {
      return TrainingRecipe.named(recipe);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          command().commandLine(),
          "Invalid value for option '--recipe': %s, and no file of this name."
              .formatted(e.getMessage()),
          e);
    }
  }

  private SecondLabels second(TrainingRecipe chosen) {
    boolean wanted = chosen.secondLabelWeight() > 0;
    if (wanted != (secondLabels != null)) {
      throw new ParameterException(
          command().commandLine(),
          wanted
              ? "The recipe's secondLabelWeight is %s: name the labels with --second-labels."
                  .formatted(chosen.secondLabelWeight())
              : "The recipe's secondLabelWeight is 0: --second-labels would change nothing.");
    }
    return secondLabels == null ? SecondLabels.none() : SecondLabels.read(secondLabels);
  }

  private Trainer trainer(TrainingRecipe chosen, RunFolder folder) {
    Trainer.Given given =
        new Trainer.Given(
            Optional.ofNullable(from).map(SafeTensors::read),
            teachers.stream().map(TrainedNetwork::read).toList());
    try {
      return new Trainer(chosen, given, folder, new Printer(folder, chosen.epochs()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          command().commandLine(), e.getMessage() + " (--from, --teacher).", e);
    }
  }

  private CropSet load(Split split, TrainingRecipe chosen, SecondLabels second) {
    try (ExpressionDataset dataset = ExpressionDataset.open(data, split, leaveOut.list())) {
      CropSet crops = CropSet.ofWholeImages(dataset, chosen.network().inputSize(), second);
      crops.unreadable().forEach(problem -> log().println("fer: left out: " + problem));
      log()
          .printf(
              "%s: %d images, %d left out%n",
              split.label(), crops.crops().size(), dataset.leftOut() + crops.unreadable().size());
      return crops;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void export(TrainedNetwork network, CropSet training, CropSet validation) {
    Path folder = export.toAbsolutePath().normalize();
    String model = name == null ? String.valueOf(folder.getFileName()) : name;
    Measurement measurement = network.measure(validation);
    String command =
        "./fer evaluate %s --split valid --detector none --model %s%s"
            .formatted(data.getFileName(), model, leaveOut.text());
    ModelCard card =
        new ModelCard(
            model,
            "1",
            "Expression network for face crops of %1$d x %1$d pixels"
                .formatted(network.recipe().network().inputSize()),
            "Apache-2.0",
            "Trained by fer4j on %s (training split), recipe %s"
                .formatted(data.getFileName(), Path.of(recipe).getFileName()),
            measurement.temperature(),
            new TrainingPrior(training.meanDistribution(), BALANCED_STRENGTH),
            cropRule(),
            Optional.of(
                ModelCard.Accuracy.of(
                    "%s, validation split, %d expressions"
                        .formatted(data.getFileName(), Emotion.all().size()),
                    measurement,
                    command)));
    new ModelFolder(folder).write(network, card);
    if (golden != null) {
      GoldenVectors.write(golden, model, network);
    }
    PrintWriter out = command().commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s: %.2f %% of %d validation images, written to %s%n",
        model,
        100 * measurement.accuracy(),
        measurement.images(),
        export);
    out.flush();
  }

  private CropRule cropRule() {
    try (FaceDetector detector =
            Backends.preferred().openDetector(Backend.PHOTO_DETECTOR, DetectorOptions.defaults());
        ExpressionDataset training = ExpressionDataset.open(data, Split.TRAIN, leaveOut.list())) {
      List<LabeledImage> images = training.images();
      int stride = images.size() / MOST_CROPS_FOR_RULE + 1;
      CropRuleEstimator estimator = new CropRuleEstimator(detector);
      try (Progress progress = Progress.of("Measuring the crop rule", images.size() / stride)) {
        for (int i = 0; i < images.size(); i += stride) {
          addTo(estimator, images.get(i));
          progress.step(1);
        }
      }
      log().printf("crop rule from %d faces in %d crops%n", estimator.faces(), estimator.crops());
      return estimator.rule();
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

  private PrintWriter log() {
    return command().commandLine().getErr();
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("picocli starts this command");
    }
    return spec;
  }

  /** Tells how the run goes: a bar for each epoch where somebody looks, a line after it. */
  private final class Printer implements TrainingListener {

    private final RunFolder folder;
    private final int epochs;

    private @Nullable Progress bar;

    Printer(RunFolder folder, int epochs) {
      this.folder = folder;
      this.epochs = epochs;
    }

    @Override
    public void started(Start start) {
      log()
          .printf(
              Locale.ROOT,
              "%,d parameters, %,d multiply-adds; epoch %d, step %d of %d%n",
              start.parameters(),
              start.multiplyAdds(),
              start.epoch(),
              start.step(),
              start.stepsPerEpoch());
    }

    @Override
    public void stepped(Step step) {
      if (bar == null) {
        bar = Progress.of("Epoch " + step.epoch(), step.stepsPerEpoch());
        bar.step(step.step() - 1);
      }
      bar.step(1);
    }

    @Override
    public void epochEnded(EpochResult result) {
      if (bar != null) {
        bar.close();
        bar = null;
      }
      log()
          .printf(
              Locale.ROOT,
              "epoch %d of %d: loss %.4f, validation %.2f %%%s, %.0f images/s, about %s left%n",
              result.epoch(),
              epochs,
              result.trainingLoss(),
              100 * result.validationAccuracy(),
              result.best() ? " (best)" : "",
              result.imagesPerSecond(),
              hours(Math.round((epochs - result.epoch()) * result.seconds())));
      LearningCurves.draw(folder.epochs(), folder.path().resolve("curves.png"));
    }

    private static String hours(long seconds) {
      return "%d:%02d h".formatted(seconds / 3600, seconds / 60 % 60);
    }
  }
}
