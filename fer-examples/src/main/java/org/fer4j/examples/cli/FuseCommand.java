package org.fer4j.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.fer4j.ClassifierOptions;
import org.fer4j.Emotion;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.FaceCrop;
import org.fer4j.Frame;
import org.fer4j.inference.FusedEmotionClassifier;
import org.fer4j.model.ClassifierSpec;
import org.fer4j.model.ModelManifest;
import org.fer4j.model.ScoresSpec;
import org.fer4j.model.TrainingPrior;
import org.fer4j.spi.Backend;
import org.fer4j.spi.Backends;
import org.fer4j.training.ClassicalRecipe;
import org.fer4j.training.ClassicalTrainer;
import org.fer4j.training.FusionWeights;
import org.fer4j.training.ModelCard;
import org.fer4j.training.ModelFolder;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.LabeledImage;
import org.fer4j.training.data.Split;
import org.fer4j.training.evaluation.Corruption;
import org.fer4j.training.evaluation.Evaluation;
import org.fer4j.training.evaluation.EvaluationMeter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fer fuse}: how much each of several classifiers should count. */
@Command(
    name = "fuse",
    description =
        "Learns how to fuse several classifiers on faces that the classical ones have not seen.",
    footer = {
      "",
      "DATA is what 'fer evaluate' takes. Each face is used as it is and with something before it.",
      "Three rules are learned, average, weighted and stacked, of which --rule is the default and",
      "'--model NAME:RULE' chooses another."
    })
final class FuseCommand implements Callable<Integer> {

  private static final double STACKED_DECAY = 1e-3;

  /** MediaPipe's threshold is 0.5; points of less certain faces are seldom in place. */
  private static final float LEAST_PRESENCE = 0.9f;

  /** Of FER+'s training faces with points, 0.2 % have lips of less contrast. */
  private static final float LEAST_LIPS_CONTRAST = 0.3f;

  @Parameters(paramLabel = "DATA", description = "Labelled face crops.")
  private Path data = Path.of("");

  @Option(
      names = "--branches",
      paramLabel = "NAME",
      split = ",",
      description = "The classifiers (default: ${DEFAULT-VALUE}).")
  private List<String> branches = List.of(Backend.PHOTO_CLASSIFIER, "fer-svm", "fer-forest");

  @Option(
      names = "--held-out-of",
      paramLabel = "NAME",
      description = {
        "The recipe that says which training faces were held out (default: ${DEFAULT-VALUE})."
      })
  private String recipe = "fer-svm";

  @Option(
      names = "--faces",
      paramLabel = "N",
      description = "How many of those are used at most (default: ${DEFAULT-VALUE}).")
  private int faces = 2000;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "average, weighted or stacked (default: ${DEFAULT-VALUE}).")
  private String rule = "weighted";

  @Mixin private ExportOptions export = new ExportOptions();

  @Mixin private LeaveOutOption leaveOut = new LeaveOutOption();

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    if (!FusionWeights.RULES.contains(rule)) {
      throw common.usage(
          "Invalid value for option '--rule': expected one of %s, found '%s'"
              .formatted(FusionWeights.RULES, rule));
    }
    if (faces < 1) {
      throw common.usage("Invalid value for option '--faces': expected at least 1, found " + faces);
    }
    if (branches.size() < 2) {
      throw common.usage(
          "Invalid value for option '--branches': expected two at least, found " + branches);
    }
    branches.forEach(this::manifest);
    Rows learned = new Rows(new ArrayList<>(), new ArrayList<>());
    Rows measured = new Rows(new ArrayList<>(), new ArrayList<>());
    try (ExpressionDataset training = open(Split.TRAIN);
        ExpressionDataset validation = open(Split.VALID)) {
      read(heldOut(training), labeled(validation), learned, measured);
    }
    FusionWeights weights = FusionWeights.fit(learned.inputs(), learned.labels(), STACKED_DECAY);
    common.log().printf("weights of %s: %s%n", branches, weights.branchWeights());
    for (String each : FusionWeights.RULES) {
      report(each, measured.evaluate(weights, each));
    }
    write(export.folder(), weights, Optional.of(measured.evaluate(weights, rule)));
    return ExitCode.OK;
  }

  /** Asks the branches through a fusion that has not learned yet, outside of the export. */
  private void read(
      List<LabeledImage> heldOut, List<LabeledImage> validation, Rows learned, Rows measured)
      throws IOException {
    Path unlearned = Files.createTempDirectory("fer-fuse");
    try {
      write(unlearned, FusionWeights.equal(branches.size()), Optional.empty());
      try (EmotionClassifier classifier =
          Backends.preferred().openClassifier(unlearned.toString(), ClassifierOptions.defaults())) {
        FusedEmotionClassifier fused = (FusedEmotionClassifier) classifier;
        read(fused, heldOut, true, learned);
        read(fused, validation, false, measured);
      }
    } finally {
      Files.deleteIfExists(unlearned.resolve("model.onnx"));
      Files.deleteIfExists(unlearned.resolve(ModelManifest.FILE_NAME));
      Files.deleteIfExists(unlearned);
    }
  }

  private ClassicalRecipe heldOutOf() {
    try {
      return ClassicalRecipe.named(recipe);
    } catch (IllegalArgumentException e) {
      throw common.usage("Invalid value for option '--held-out-of': ", e);
    }
  }

  /** What the fusion takes, with labels. */
  private record Rows(List<float[]> inputs, List<Emotion> labels) {

    Evaluation evaluate(FusionWeights weights, String rule) {
      EvaluationMeter meter = new EvaluationMeter();
      for (int i = 0; i < labels.size(); i++) {
        meter.add(labels.get(i), EmotionScores.ofLogits(weights.logits(rule, inputs.get(i))));
      }
      return meter.evaluation();
    }
  }

  private ExpressionDataset open(Split split) {
    try {
      return ExpressionDataset.open(data, split, leaveOut.list());
    } catch (IllegalArgumentException e) {
      throw common.usage(e);
    }
  }

  private static List<LabeledImage> labeled(ExpressionDataset dataset) {
    return dataset.images().stream().filter(image -> image.label().isPresent()).toList();
  }

  /** Picks evenly from the faces that were held out. */
  private List<LabeledImage> heldOut(ExpressionDataset training) {
    List<LabeledImage> all = labeled(training);
    boolean[] isHeldOut =
        ClassicalTrainer.heldOut(
            heldOutOf(), all.stream().map(image -> image.label().orElseThrow()).toList());
    List<LabeledImage> heldOut =
        IntStream.range(0, all.size()).filter(i -> isHeldOut[i]).mapToObj(all::get).toList();
    int step = Math.max(1, (heldOut.size() + faces - 1) / faces);
    return IntStream.iterate(0, i -> i < heldOut.size(), i -> i + step)
        .mapToObj(heldOut::get)
        .toList();
  }

  private void read(
      FusedEmotionClassifier fused, List<LabeledImage> images, boolean occlude, Rows rows) {
    try (Progress progress = Progress.of("Classifying", images.size())) {
      for (int i = 0; i < images.size(); i++) {
        LabeledImage image = images.get(i);
        try {
          FaceCrop crop = FaceCrop.whole(Frame.of(image.read()));
          List<FaceCrop> crops = new ArrayList<>(List.of(crop));
          if (occlude) {
            int strength = 1 + i % Corruption.STRENGTHS;
            crops.add(
                FaceCrop.whole(Corruption.OCCLUSION.apply(crop.frame(), crop.square(), strength)));
          }
          rows.inputs().addAll(fused.rows(crops));
          crops.forEach(each -> rows.labels().add(image.label().orElseThrow()));
        } catch (IOException e) {
          common.log().println("fer: left out: " + e.getMessage());
        }
        progress.step(1);
      }
    }
  }

  private void report(String name, Evaluation found) {
    common
        .out()
        .printf(
            Locale.ROOT,
            "%s: %.2f %% of %d validation images, macro F1 %.2f %%, ECE %.4f%n",
            name,
            100 * found.accuracy(),
            found.images(),
            100 * found.confusion().macroF1(),
            found.calibration().expectedError());
    common.out().flush();
  }

  private void write(Path folder, FusionWeights weights, Optional<Evaluation> measured) {
    String name = export.model();
    ClassifierSpec first = manifest(branches.get(0)).requireClassifier();
    ScoresSpec scores =
        new ScoresSpec(
            FusionWeights.INPUT,
            branches,
            weights.branchWeights(),
            LEAST_PRESENCE,
            LEAST_LIPS_CONTRAST);
    ModelCard card =
        new ModelCard(
            name,
            "1",
            "Fusion of %s: the rules average, weighted and stacked"
                .formatted(String.join(", ", branches)),
            "Apache-2.0",
            "Learned by fer4j on faces of %s (training split) that the recipe %s holds out, as they are and occluded"
                .formatted(data.getFileName(), recipe),
            1,
            first.prior().orElseGet(() -> unknownPrior(branches.get(0))),
            first.crop(),
            measured.map(
                found ->
                    new ModelCard.Accuracy(
                        data.getFileName() + ", validation split, 8 expressions",
                        Math.toIntExact(found.images()),
                        found.accuracy(),
                        found.accuracyInterval(),
                        "./fer evaluate %s --split valid --detector none --model %s%s"
                            .formatted(data.getFileName(), name, leaveOut.text()))));
    new ModelFolder(folder).write(weights, rule, scores, card);
  }

  private TrainingPrior unknownPrior(String branch) {
    throw common.usage(
        "Invalid value for option '--branches': the manifest of '%s' does not tell the prior of its training"
            .formatted(branch));
  }

  private ModelManifest manifest(String branch) {
    return Backends.preferred().models().stream()
        .filter(manifest -> manifest.name().equals(branch))
        .findFirst()
        .orElseThrow(
            () ->
                common.usage(
                    "Invalid value for option '--branches': expected bundled classifiers, found '%s'"
                        .formatted(branch)));
  }
}
