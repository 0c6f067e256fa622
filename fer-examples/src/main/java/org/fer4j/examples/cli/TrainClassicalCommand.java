package org.fer4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.fer4j.CropRule;
import org.fer4j.LandmarkDetector;
import org.fer4j.LandmarkOptions;
import org.fer4j.features.FeatureReader;
import org.fer4j.model.Model;
import org.fer4j.model.ModelManifest;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.fer4j.training.ClassicalRecipe;
import org.fer4j.training.ClassicalTrainer;
import org.fer4j.training.FeatureSet;
import org.fer4j.training.Measurement;
import org.fer4j.training.ModelCard;
import org.fer4j.training.ModelFolder;
import org.fer4j.training.TrainedFeatureClassifier;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fer train-classical}: from labelled face crops to a classifier of facial features. */
@Command(
    name = "train-classical",
    description =
        "Trains a support vector machine or a forest on facial features and exports it to ONNX.",
    footer = {
      "",
      "DATA is what 'fer evaluate' takes. The run's folder keeps the features, so that another",
      "recipe on the same data need not measure them again."
    })
final class TrainClassicalCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DATA",
      arity = "1..*",
      description = "Labelled face crops; of several datasets, all are used.")
  private List<Path> data = List.of();

  @Option(
      names = "--recipe",
      paramLabel = "NAME|FILE",
      description = "fer-svm, fer-forest, geometry-svm, or a file (default: ${DEFAULT-VALUE}).")
  private String recipe = "fer-svm";

  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "Where the features are kept.")
  private Path run = Path.of("");

  @Option(
      names = "--framed-as",
      paramLabel = "NAME|DIR",
      description = {
        "A classifier whose training crops were framed like these (default: how these are framed"
            + " is",
        "measured with the face detector, which takes a few minutes)."
      })
  private @Nullable String framedAs;

  @Mixin private ExportOptions export = new ExportOptions();

  @Mixin private LeaveOutOption leaveOut = new LeaveOutOption();

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    ClassicalRecipe chosen = common.recipe(recipe, ClassicalRecipe::read, ClassicalRecipe::named);
    ModelExport exporter = new ModelExport(data, leaveOut, recipe);
    CropRule rule = framedAs == null ? exporter.cropRule(common.log()) : ruleOf(framedAs);
    try (LandmarkDetector landmarks =
        Backends.preferred().openLandmarkDetector(Backend.LANDMARKS, LandmarkOptions.defaults())) {
      FeatureReader reader = new FeatureReader(landmarks, rule);
      FeatureSet training = features(Split.TRAIN, reader, rule);
      FeatureSet validation = features(Split.VALID, reader, rule);
      TrainedFeatureClassifier classifier =
          new ClassicalTrainer(chosen, common.log()::println).train(training);
      export(classifier, validation, rule);
    }
    return ExitCode.OK;
  }

  private CropRule ruleOf(String model) {
    Optional<ModelManifest> bundled =
        Backends.preferred().models().stream().filter(m -> m.name().equals(model)).findFirst();
    try {
      return bundled
          .orElseGet(() -> Model.ofDirectory(Path.of(model)).manifest())
          .requireClassifier()
          .crop();
    } catch (IllegalArgumentException e) {
      throw common.usage("Invalid value for option '--framed-as': ", e);
    }
  }

  private FeatureSet features(Split split, FeatureReader reader, CropRule rule) {
    FeatureSet all = new FeatureSet(List.of(), List.of());
    for (int i = 0; i < data.size(); i++) {
      try (ExpressionDataset dataset =
          ExpressionDataset.open(data.get(i), split, leaveOut.list())) {
        all = all.with(features(dataset, split, i, reader, rule));
      } catch (IllegalArgumentException e) {
        throw common.usage(e);
      }
    }
    return all;
  }

  private FeatureSet features(
      ExpressionDataset dataset, Split split, int number, FeatureReader reader, CropRule rule) {
    Path file = run.resolve("%s-%d.features".formatted(split.label(), number));
    String key =
        "%s, %s, %d images (%08x), %s, %s, %s, %s"
            .formatted(
                dataset.title(),
                split,
                dataset.images().size(),
                dataset.images().stream().map(i -> i.id() + i.label()).toList().hashCode(),
                new TreeMap<>(rule.template()),
                rule.boxShiftX(),
                rule.boxShiftY(),
                rule.boxScale());
    Optional<FeatureSet> kept = FeatureSet.read(file, key);
    if (kept.isPresent()) {
      return kept.get();
    }
    FeatureSet found;
    String text = "Measuring features of %s %s".formatted(dataset.title(), split.label());
    try (Progress progress = Progress.of(text, dataset.images().size())) {
      found = FeatureSet.of(dataset, reader, images -> progress.step(1));
    }
    found.unreadable().forEach(problem -> common.log().println("fer: left out: " + problem));
    found.write(file, key);
    return found;
  }

  private void export(TrainedFeatureClassifier classifier, FeatureSet validation, CropRule rule) {
    String model = export.model();
    Measurement measurement = classifier.measure(validation);
    String names =
        data.stream()
            .map(path -> String.valueOf(path.getFileName()))
            .collect(Collectors.joining(", "));
    ModelCard card =
        new ModelCard(
            model,
            "1",
            "%s of facial features: geometry of the face mesh and texture of its parts"
                .formatted(classifier.kind()),
            "Apache-2.0",
            "Trained by fer4j on %s (training split), recipe %s"
                .formatted(names, Path.of(recipe).getFileName()),
            1,
            classifier.prior(validation),
            rule,
            Optional.of(
                ModelCard.Accuracy.of(
                    names + ", validation split, 8 expressions",
                    measurement,
                    "./fer evaluate %s --split valid --detector none --model %s%s"
                        .formatted(data.get(0).getFileName(), model, leaveOut.text()))));
    new ModelFolder(export.folder()).write(classifier, card);
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
