package org.fer4j.examples.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.fer4j.ClassifierOptions;
import org.fer4j.FaceDetector;
import org.fer4j.FerException;
import org.fer4j.bulk.BulkPipeline;
import org.fer4j.bulk.BulkResult;
import org.fer4j.examples.analysis.Networks;
import org.fer4j.examples.output.DatasetPage;
import org.fer4j.examples.output.DatasetReport;
import org.fer4j.spi.Backend;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.LabeledImage;
import org.fer4j.training.quality.DatasetCheck;
import org.fer4j.training.quality.FindingKind;
import org.fer4j.training.quality.ImageInspector;
import org.fer4j.training.quality.InspectedImage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fer dataset}: what is wrong with labelled images. */
@Command(
    name = "dataset",
    description = "Checks labelled images before a network learns from them.",
    footer = {
      "",
      "DATA is what 'fer evaluate' takes, with all its splits. Looks for images that can't be"
          + " read,",
      "are blank, blurred, badly exposed or show no face; for duplicates, also between the splits",
      "and with contradicting labels; and counts the labels. --clean lists what to leave out:",
      "corrupt, blank, exact-duplicate, leak (one picture in two splits: the one that trains) and",
      "conflict (all of them). Findings are no failure: exits with 0 if everything was looked at."
    })
final class DatasetCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DATA", arity = "1..*", description = "Labelled images.")
  private List<Path> data = List.of();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a page of HTML that shows the findings. It holds images of the data.")
  private @Nullable Path report;

  @Option(
      names = "--clean",
      paramLabel = "FILE",
      description = "Write which images to leave out, for --leave-out of train and evaluate.")
  private @Nullable Path clean;

  @Option(
      names = "--clean-also",
      paramLabel = "KIND",
      split = ",",
      description = "Leave out further findings: near-duplicate, blur, exposure, no-face.")
  private List<String> cleanAlso = List.of();

  @Mixin private DetectionOptions detection = new DetectionOptions(Backend.PHOTO_DETECTOR);

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Set<FindingKind> further = further();
    Networks networks = detection.networks(Backend.PHOTO_CLASSIFIER, ClassifierOptions.defaults());
    List<ExpressionDataset> datasets = new ArrayList<>();
    try (BulkPipeline<ImageInspector> workers = openWorkers(networks)) {
      data.forEach(path -> datasets.add(open(path)));
      DatasetCheck check = DatasetCheck.of(inspect(datasets, workers));
      List<String> names = datasets.stream().map(ExpressionDataset::name).toList();
      DatasetReport found = new DatasetReport(names, networks.detector(), check);
      print(found);
      if (clean != null) {
        check.leaveOut(further).write(clean);
      }
      if (report != null) {
        DatasetPage.write(report, found);
      }
      return ExitCode.OK;
    } finally {
      datasets.forEach(ExpressionDataset::close);
    }
  }

  private Set<FindingKind> further() {
    Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
    for (String label : cleanAlso) {
      try {
        kinds.add(FindingKind.ofLabel(label));
      } catch (IllegalArgumentException e) {
        throw common.usage("Invalid value for option '--clean-also': ", e);
      }
    }
    return kinds;
  }

  private BulkPipeline<ImageInspector> openWorkers(Networks networks) {
    try {
      return BulkPipeline.of(detection.threads(), () -> new ImageInspector(detector(networks)));
    } catch (IllegalArgumentException e) {
      throw common.usage(e);
    }
  }

  private static Optional<FaceDetector> detector(Networks networks) {
    return networks.isWithoutDetector() ? Optional.empty() : Optional.of(networks.openDetector());
  }

  private ExpressionDataset open(Path path) {
    try {
      return ExpressionDataset.open(path);
    } catch (IllegalArgumentException e) {
      throw common.usage(e);
    }
  }

  private static List<InspectedImage> inspect(
      List<ExpressionDataset> datasets, BulkPipeline<ImageInspector> workers) {
    List<InspectedImage> images = new ArrayList<>();
    int count = datasets.stream().mapToInt(dataset -> dataset.images().size()).sum();
    try (Progress progress = Progress.of("Looking at images", count)) {
      for (ExpressionDataset dataset : datasets) {
        Iterator<BulkResult<LabeledImage, InspectedImage>> results =
            workers.process(
                dataset.images().iterator(),
                (inspector, image) -> inspector.inspect(dataset, image));
        while (results.hasNext()) {
          images.add(results.next().orElseThrow());
          progress.step(1);
        }
      }
    }
    return images;
  }

  private void print(DatasetReport result) {
    PrintWriter out = common.out();
    if (json) {
      result.printJson(out);
    } else {
      result.printTable(out);
    }
    if (out.checkError()) {
      throw new FerException("The results can't be written to standard output.");
    }
  }
}
