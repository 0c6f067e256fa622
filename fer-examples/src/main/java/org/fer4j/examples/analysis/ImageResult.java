package org.fer4j.examples.analysis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fer4j.FaceResult;
import org.fer4j.features.FacialFeatures;
import org.jspecify.annotations.Nullable;

/**
 * What became of one image file.
 *
 * <p>Immutable and safe for use by many threads.
 */
public sealed interface ImageResult {

  /** Returns the file, as the caller wrote it or below the caller's folder. */
  Path file();

  /**
   * An image that was analysed.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param file where it lies
   * @param width of the upright image, in pixels
   * @param height of the upright image, in pixels
   * @param faces best detection first, in pixels of the upright image; empty if there is none
   * @param times how long it took
   * @param annotated the picture that was drawn, if one was asked for
   * @param features those of each face, in the same order; empty if they were not asked for
   */
  record Analyzed(
      Path file,
      int width,
      int height,
      List<FaceResult> faces,
      ImageTimes times,
      Optional<Path> annotated,
      List<FacialFeatures> features)
      implements ImageResult {

    /** Copies the lists. */
    public Analyzed {
      faces = List.copyOf(faces);
      features = List.copyOf(features);
    }
  }

  /**
   * A file that could not be analysed.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param file where it lies, or should
   * @param reason in words that follow the file's name
   * @param cause for whoever looks deeper; may be missing
   */
  record Failed(Path file, String reason, @Nullable Throwable cause) implements ImageResult {}
}
