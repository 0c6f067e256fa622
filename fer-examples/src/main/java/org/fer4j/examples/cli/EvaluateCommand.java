package org.fer4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.fer4j.FerException;
import org.fer4j.bulk.BulkPipeline;
import org.fer4j.bulk.BulkResult;
import org.fer4j.examples.analysis.LabeledBatch;
import org.fer4j.examples.analysis.LabeledImageClassifier;
import org.fer4j.examples.analysis.Networks;
import org.fer4j.examples.output.EvaluationReport;
import org.fer4j.examples.output.EvaluationSetup;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.LabeledImage;
import org.fer4j.training.data.Split;
import org.fer4j.training.evaluation.EvaluationMeter;
import org.fer4j.training.evaluation.Robustness;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fer evaluate}: how good a network is on labelled images. */
@Command(
    name = "evaluate",
    description = "Measures an expression network on labelled images.",
    footer = {
      "",
      "DATA is a folder or zip of FER+ (FER2013Train, FER2013Valid, FER2013Test, each with a",
      "label.csv), a fer2013.csv with or without fer2013new.csv, or a folder for each expression.",
      "With a detector, 'accuracy' and all that follows is of the images in which a face was"
          + " found;",
      "'accuracy_of_all' counts the others as wrong. Exits with 1 if an image could not be read."
    })
final class EvaluateCommand implements Callable<Integer> {

  private static final int BATCH = 32;
  private static final double NANOS_PER_SECOND = 1e9;

  @Parameters(paramLabel = "DATA", description = "Labelled images.")
  private Path data = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "train, valid or test (default: ${DEFAULT-VALUE}).")
  private String split = Split.TEST.label();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--robustness",
      description =
          "Also classify each image blurred, dark, bright, occluded and in low resolution, at five"
              + " strengths each; takes some 25 times as long.")
  private boolean robustness;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Also write all figures, with plots, to one HTML file.")
  private @Nullable Path report;

  @Mixin private NetworkOptions networks = new NetworkOptions(Networks.NO_DETECTOR);

  @Mixin private LeaveOutOption leaveOut = new LeaveOutOption();

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Networks chosen = networks.networks();
    Split part = chosenSplit();
    Optional<ReportFile> file = Optional.ofNullable(report).map(this::reportFile);
    try (ExpressionDataset dataset = open(part);
        BulkPipeline<LabeledImageClassifier> workers = open(chosen)) {
      common.printDescription(workers, LabeledImageClassifier::describe);
      EvaluationReport found = evaluate(dataset, setup(part, chosen), workers);
      print(found);
      file.ifPresent(destination -> destination.write(found.toHtml()));
      return found.unreadable() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }
  }

  private ReportFile reportFile(Path path) {
    try {
      return ReportFile.create(path);
    } catch (IllegalArgumentException e) {
      throw common.usage("Invalid value for option '--report': ", e);
    }
  }

  private EvaluationSetup setup(Split part, Networks chosen) {
    return new EvaluationSetup(
        data.toString(),
        part.label(),
        chosen.backend().name(),
        chosen.detector(),
        chosen.classifier(),
        chosen.classifierManifest(),
        networks.prior(),
        ShellCommand.of(common.arguments()),
        FerCommand.Version.text(),
        Instant.now());
  }

  private Split chosenSplit() {
    try {
      return Split.ofLabel(split);
    } catch (IllegalArgumentException e) {
      throw common.usage("Invalid value for option '--split': ", e);
    }
  }

  private ExpressionDataset open(Split part) {
    try {
      return ExpressionDataset.open(data, part, leaveOut.list());
    } catch (IllegalArgumentException e) {
      throw common.usage(e);
    }
  }

  private BulkPipeline<LabeledImageClassifier> open(Networks chosen) {
    try {
      return BulkPipeline.of(
          networks.threads(), () -> new LabeledImageClassifier(chosen, robustness));
    } catch (IllegalArgumentException e) {
      throw common.usage(e);
    }
  }

  private EvaluationReport evaluate(
      ExpressionDataset dataset,
      EvaluationSetup setup,
      BulkPipeline<LabeledImageClassifier> workers) {
    PrintWriter log = common.log();
    List<LabeledImage> labeled =
        dataset.images().stream().filter(image -> image.label().isPresent()).toList();
    Tally tally = new Tally();
    long start = System.nanoTime();
    try (Progress progress = Progress.of("Evaluating", labeled.size())) {
      Iterator<BulkResult<List<LabeledImage>, LabeledBatch>> results =
          workers.process(batches(labeled), LabeledImageClassifier::classify);
      while (results.hasNext()) {
        LabeledBatch batch = results.next().orElseThrow();
        tally.count(batch);
        batch.unreadable().forEach(problem -> log.println("fer: " + problem));
        progress.step(batch.size());
      }
    }
    if (tally.meter.images() == 0) {
      throw new FerException(
          "Found no face in any of the %d images of '%s', expected one at least: if they are face crops, use --detector none."
              .formatted(labeled.size(), data));
    }
    return new EvaluationReport(
        setup,
        tally.meter.evaluation(),
        tally.withoutFace,
        dataset.images().size() - labeled.size(),
        dataset.leftOut(),
        tally.unreadable,
        robustness ? Optional.of(tally.robustness) : Optional.empty(),
        (System.nanoTime() - start) / NANOS_PER_SECOND);
  }

  private static Iterator<List<LabeledImage>> batches(List<LabeledImage> images) {
    return IntStream.iterate(0, begin -> begin < images.size(), begin -> begin + BATCH)
        .mapToObj(begin -> images.subList(begin, Math.min(images.size(), begin + BATCH)))
        .iterator();
  }

  private void print(EvaluationReport found) {
    PrintWriter out = common.out();
    if (json) {
      found.printJson(out);
    } else {
      found.printTable(out);
    }
  }

  private static final class Tally {
    private final EvaluationMeter meter = new EvaluationMeter();
    private long withoutFace;
    private long unreadable;
    private Robustness robustness = Robustness.none();

    void count(LabeledBatch batch) {
      for (LabeledBatch.Scored image : batch.scored()) {
        meter.add(image.truth(), image.scores());
      }
      withoutFace += batch.withoutFace();
      unreadable += batch.unreadable().size();
      robustness = robustness.plus(batch.robustness());
    }
  }
}
