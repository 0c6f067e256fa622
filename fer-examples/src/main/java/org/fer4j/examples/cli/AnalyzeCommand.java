package org.fer4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fer4j.bulk.BulkPipeline;
import org.fer4j.bulk.BulkResult;
import org.fer4j.examples.analysis.CropFeatures;
import org.fer4j.examples.analysis.ImageAnalyzer;
import org.fer4j.examples.analysis.ImageResult;
import org.fer4j.examples.analysis.Networks;
import org.fer4j.examples.drawing.AnnotationFolder;
import org.fer4j.examples.image.ImageFile;
import org.fer4j.examples.image.ImageFinder;
import org.fer4j.examples.output.FeatureTable;
import org.fer4j.examples.output.ResultFormat;
import org.fer4j.examples.output.ResultWriter;
import org.fer4j.examples.output.Summary;
import org.fer4j.spi.Backend;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fer analyze}: images or folders. */
@Command(
    name = "analyze",
    description = "Finds the faces in images and tells their expressions.",
    footer = {
      "",
      "Reads JPEG, PNG, BMP, GIF (its first picture) and WebP. Coordinates are pixels of the",
      "upright image, as EXIF says. Exits with 1 if a file could not be analysed."
    })
final class AnalyzeCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Images, or folders that are searched for images with all that is below them.")
  private List<Path> paths = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "How results are printed: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ResultFormat format = ResultFormat.TABLE;

  @Option(
      names = "--annotate",
      paramLabel = "DIR",
      description = "Write each image with its faces and scores drawn on it to this folder.")
  private @Nullable Path annotate;

  @Option(
      names = "--landmarks",
      description = {
        "Find the 468 points of each face as well, where the head is turned, and how far eyes and"
            + " mouth are open; --annotate draws and --format jsonl prints them."
      })
  private boolean landmarks;

  @Option(
      names = "--features",
      paramLabel = "FILE.csv",
      description =
          "Also measure the features of each face, and write them to this file: see"
              + " docs/features.md.")
  private @Nullable Path features;

  @Mixin private NetworkOptions networks = new NetworkOptions(Backend.PHOTO_DETECTOR);

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    if (paths.stream().anyMatch(path -> path.toString().isEmpty())) {
      throw common.usage("Expected a path, found an empty one: write . for this folder.");
    }
    Optional<Path> folder = Optional.ofNullable(annotate);
    List<ImageFile> files = new ImageFinder(folder).find(paths);
    Optional<AnnotationFolder> annotations = folder.map(path -> annotationFolder(path, files));
    int count = Math.min(networks.threads(), files.size());
    try (BulkPipeline<ImageAnalyzer> workers = open(annotations, count);
        FeatureTable table = features == null ? null : featureTable(features)) {
      common.printDescription(workers, ImageAnalyzer::describe);
      return print(workers, files, Optional.ofNullable(table));
    }
  }

  private AnnotationFolder annotationFolder(Path path, List<ImageFile> files) {
    try {
      return AnnotationFolder.create(path, files);
    } catch (IOException e) {
      String reason =
          e instanceof FileAlreadyExistsException ? "a file has this name" : e.getMessage();
      throw common.usage(
          "The folder '%s' of --annotate can't be made: %s.".formatted(path, reason));
    }
  }

  private ImageAnalyzer analyzer(Networks chosen, Optional<AnnotationFolder> annotations) {
    Optional<CropFeatures> reader =
        features == null ? Optional.empty() : Optional.of(new CropFeatures(chosen));
    try {
      return new ImageAnalyzer(
          landmarks ? chosen.openWithLandmarks() : chosen.open(),
          annotations,
          reader,
          System::nanoTime);
    } catch (RuntimeException | Error e) {
      reader.ifPresent(CropFeatures::close);
      throw e;
    }
  }

  private FeatureTable featureTable(Path path) {
    try {
      return new FeatureTable(path);
    } catch (UncheckedIOException e) {
      throw common.usage("The file '%s' of --features can't be made: ".formatted(path), e);
    }
  }

  private BulkPipeline<ImageAnalyzer> open(Optional<AnnotationFolder> annotations, int count) {
    try {
      Networks chosen = networks.networks();
      return BulkPipeline.of(count, () -> analyzer(chosen, annotations));
    } catch (IllegalArgumentException e) {
      throw common.usage(e);
    }
  }

  private int print(
      BulkPipeline<ImageAnalyzer> workers, List<ImageFile> files, Optional<FeatureTable> table) {
    PrintWriter out = common.out();
    PrintWriter log = common.log();
    ResultWriter writer = format.open(out, files.stream().map(ImageFile::path).toList());
    Tally tally = new Tally();
    long start = System.nanoTime();
    try (Progress progress = Progress.of("Analysing", files.size())) {
      Iterator<BulkResult<ImageFile, ImageResult>> results =
          workers.process(files.iterator(), ImageAnalyzer::analyze);
      boolean wanted = true;
      while (wanted && results.hasNext()) {
        ImageResult result = results.next().orElseThrow();
        tally.count(result);
        writer.write(result);
        if (result instanceof ImageResult.Analyzed analyzed) {
          table.ifPresent(rows -> rows.write(analyzed));
        }
        if (result instanceof ImageResult.Failed failed) {
          log.printf("fer: '%s' %s%n", failed.file(), failed.reason());
          common.printTrace(log, failed.cause());
        }
        progress.step(1);
        // Whoever read the results may have gone, as in: fer analyze photos | head
        wanted = !out.checkError();
      }
    }
    writer.finish(tally.summary(System.nanoTime() - start));
    boolean failed = tally.failures > 0 || out.checkError();
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private static final class Tally {
    private int images;
    private int faces;
    private int failures;

    void count(ImageResult result) {
      if (result instanceof ImageResult.Analyzed analyzed) {
        images++;
        faces += analyzed.faces().size();
      } else {
        failures++;
      }
    }

    Summary summary(long wallNanos) {
      return new Summary(images, faces, failures, wallNanos);
    }
  }
}
