package org.fer4j.examples.analysis;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.FrameResult;
import org.fer4j.PipelineDescription;
import org.fer4j.examples.drawing.AnnotationFolder;
import org.fer4j.examples.image.ImageDecoder;
import org.fer4j.examples.image.ImageFile;
import org.fer4j.examples.image.UnreadableImageException;

/**
 * Takes one image after the other from the file to the result. A file that can't be analysed gives
 * a result as well.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class ImageAnalyzer implements AutoCloseable {

  private final FramePipeline pipeline;
  private final Optional<AnnotationFolder> annotations;
  private final Optional<CropFeatures> features;
  private final LongSupplier nanoClock;

  /**
   * Creates an analyzer.
   *
   * @param pipeline looks at the images; closed with the analyzer
   * @param annotations where pictures are drawn, if they are asked for
   * @param features measures faces, if that is asked for; closed with the analyzer
   */
  public ImageAnalyzer(
      FramePipeline pipeline,
      Optional<AnnotationFolder> annotations,
      Optional<CropFeatures> features,
      LongSupplier nanoClock) {
    this.pipeline = pipeline;
    this.annotations = annotations;
    this.nanoClock = nanoClock;
    this.features = features;
  }

  /** Tells which networks look at the images, and on what they run. */
  public PipelineDescription describe() {
    return pipeline.describe();
  }

  /** Analyses one image. */
  public ImageResult analyze(ImageFile file) {
    if (file.problem().isPresent()) {
      return new ImageResult.Failed(file.path(), file.problem().get(), null);
    }
    try {
      return analyzeReadable(file);
    } catch (UnreadableImageException e) {
      return new ImageResult.Failed(file.path(), String.valueOf(e.getMessage()), e);
    } catch (FerException e) {
      return new ImageResult.Failed(file.path(), "can't be analysed: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      return new ImageResult.Failed(
          file.path(),
          "needs more memory than Java has (%d MB): scale it down, use fewer --threads, or set FER_JAVA_OPTIONS=-Xmx8g."
              .formatted(Runtime.getRuntime().maxMemory() >> 20),
          e);
    }
  }

  private ImageResult analyzeReadable(ImageFile file) throws UnreadableImageException {
    long start = nanoClock.getAsLong();
    BufferedImage image = ImageDecoder.decode(file.path());
    long decoded = nanoClock.getAsLong();
    Frame frame = Frame.of(image);
    FrameResult result = pipeline.process(frame);
    long end = nanoClock.getAsLong();
    ImageTimes times =
        new ImageTimes(
            decoded - start,
            result.times().detectNanos(),
            result.times().landmarkNanos(),
            result.times().alignNanos() + result.times().classifyNanos(),
            end - start);
    Optional<Path> annotated = annotations.map(folder -> folder.pathOf(file));
    if (annotations.isPresent()) {
      try {
        annotations.get().write(file, image, result.faces());
      } catch (IOException e) {
        return new ImageResult.Failed(
            file.path(),
            "was analysed, but '%s' can't be written: %s"
                .formatted(annotated.orElseThrow(), e.getMessage()),
            e);
      }
    }
    return new ImageResult.Analyzed(
        file.path(),
        image.getWidth(),
        image.getHeight(),
        result.faces(),
        times,
        annotated,
        features.map(reader -> reader.of(frame, result.faces())).orElse(List.of()));
  }

  /** Closes the networks. */
  @Override
  public void close() {
    try (pipeline) {
      features.ifPresent(CropFeatures::close);
    }
  }
}
