package org.fer4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fer4j.training.CropSet;
import org.fer4j.training.GoldenVectors;
import org.fer4j.training.Measurement;
import org.fer4j.training.RunFolder;
import org.fer4j.training.TrainedNetwork;
import org.fer4j.training.Trainer;
import org.fer4j.training.TrainingRecipe;
import org.fer4j.training.TrainingResult;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.SecondLabels;
import org.fer4j.training.data.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(
      paramLabel = "DATA",
      arity = "1..*",
      description = "Labelled face crops; of several datasets, all are used.")
  private List<Path> data = List.of();

  @Option(
      names = "--recipe",
      paramLabel = "NAME|FILE",
      description = "A bundled recipe, or a file (default: ${DEFAULT-VALUE}).")
  private String recipe = "from-scratch";

  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "Where the run's files go, or are.")
  private Path run = Path.of("");

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
      paramLabel = "FILE|DIR",
      description = {
        "The network to start from: best.safetensors of another run, or the folder of a model that",
        "fer4j trained. The recipe's start is 'given'."
      })
  private @Nullable Path from;

  @Option(
      names = "--teacher",
      paramLabel = "FILE|DIR",
      description = {
        "A network to learn from, as with --from; may be repeated. The recipe's distillation has a",
        "weight."
      })
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

  @Mixin private ExportOptions export = new ExportOptions();

  @Mixin private LeaveOutOption leaveOut = new LeaveOutOption();

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    TrainingRecipe chosen = common.recipe(recipe, TrainingRecipe::read, TrainingRecipe::named);
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
      common.log().println("fer: interrupted; the same command goes on from here.");
    }
    return result;
  }

  private SecondLabels second(TrainingRecipe chosen) {
    boolean wanted = chosen.secondLabelWeight() > 0;
    if (wanted != (secondLabels != null)) {
      throw common.usage(
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
            Optional.ofNullable(from).map(TrainedNetwork::read),
            teachers.stream().map(TrainedNetwork::read).toList());
    try {
      return new Trainer(
          chosen, given, folder, new TrainingPrinter(common.log(), folder, chosen.epochs()));
    } catch (IllegalArgumentException e) {
      throw common.usage("See --from and --teacher: ", e);
    }
  }

  private CropSet load(Split split, TrainingRecipe chosen, SecondLabels second) {
    CropSet all = CropSet.empty();
    for (Path path : data) {
      try (ExpressionDataset dataset = ExpressionDataset.open(path, split, leaveOut.list())) {
        CropSet crops = CropSet.ofWholeImages(dataset, chosen.network().inputSize(), second);
        crops.unreadable().forEach(problem -> common.log().println("fer: left out: " + problem));
        common
            .log()
            .printf(
                "%s %s: %d images, %d left out%n",
                path.getFileName(),
                split.label(),
                crops.crops().size(),
                dataset.leftOut() + crops.unreadable().size());
        all = all.with(crops);
      } catch (IllegalArgumentException e) {
        throw common.usage(e);
      }
    }
    return all;
  }

  private void export(TrainedNetwork network, CropSet training, CropSet validation) {
    String model = export.model();
    ModelExport exporter = new ModelExport(data, leaveOut, recipe);
    Measurement measurement =
        exporter.write(export.folder(), model, network, training, validation, common.log());
    if (golden != null) {
      GoldenVectors.write(golden, model, network);
    }
    PrintWriter out = common.out();
    out.printf(
        Locale.ROOT,
        "%s: %.2f %% of %d validation images, written to %s%n",
        model,
        100 * measurement.accuracy(),
        measurement.images(),
        export.named());
    out.flush();
  }
}
