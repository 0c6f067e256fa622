package org.fer4j.opencv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.inference.NonMaximumSuppression;

/**
 * OpenCV Zoo's YuNet (Wu et al., 2023, doi:10.1007/s11633-023-1423-y). Its weights are not bundled:
 * the user brings {@code face_detection_yunet_2023mar.onnx} (MIT licence).
 *
 * <p>It finds faces of about 10 to 300 pixels. Two looks make that 10 pixels to the whole picture:
 * one at the frame in at most 640 x 640 pixels, and one in 224 x 224 for faces that fill it. Larger
 * frames are scaled down, so that the smallest face that can be found is about a sixtieth of the
 * longer side; {@link DetectorOptions#minFaceSize()} only leaves out smaller faces and saves no
 * time.
 *
 * <p>The score is YuNet's own, the geometric mean of its scores for a face and for the box, 0 to 1;
 * faces from {@value #SCORE_THRESHOLD} are reported unless the options say otherwise. Keypoints are
 * both eyes, the tip of the nose, the corners of the mouth and, halfway between these, {@code
 * mouth}, by which faces are aligned as with the bundled detectors.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class YuNetFaceDetector implements FaceDetector {

  /**
   * Of 130 FER+ crops pasted into photographs without faces, it finds 122, 119, 115, 79 from 0.6,
   * 0.7, 0.8, 0.9 on, with 9, 6, 0, 0 false faces.
   */
  private static final float SCORE_THRESHOLD = 0.7f;

  /** Below this it sees a face in many cells. */
  private static final float LEAST_SCORE_THRESHOLD = 0.05f;

  private static final float SUPPRESSION_THRESHOLD = 0.3f;
  private static final int FINE_SIZE = 640;
  private static final int COARSE_SIZE = 224;

  private final YuNetLook fine;
  private final YuNetLook coarse;
  private final float scoreThreshold;
  private final int minFaceSize;
  private boolean closed;

  private YuNetFaceDetector(YuNetLook fine, YuNetLook coarse, DetectorOptions options) {
    this.fine = fine;
    this.coarse = coarse;
    this.scoreThreshold =
        Math.max(LEAST_SCORE_THRESHOLD, (float) options.scoreThreshold().orElse(SCORE_THRESHOLD));
    this.minFaceSize = options.minFaceSize();
  }

  /**
   * Loads YuNet from a file.
   *
   * @throws IllegalArgumentException if there is no such file
   * @throws FerException if it can't be read, or it is not YuNet
   */
  public static YuNetFaceDetector open(Path file, DetectorOptions options) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "expected YuNet's file, such as face_detection_yunet_2023mar.onnx from OpenCV Zoo, found none at '%s'"
              .formatted(file));
    }
    OpenCv.load(options.runtime());
    try {
      byte[] network = Files.readAllBytes(file);
      YuNetLook fine = YuNetLook.open(network, file.toString(), FINE_SIZE, options.runtime());
      try {
        YuNetLook coarse = YuNetLook.open(network, file.toString(), COARSE_SIZE, options.runtime());
        return new YuNetFaceDetector(fine, coarse, options);
      } catch (RuntimeException | Error e) {
        fine.close();
        throw e;
      }
    } catch (IOException | FerException e) {
      throw new FerException(
          "'%s' can't be opened as YuNet: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public List<Face> detect(Frame frame) {
    if (closed) {
      throw new IllegalStateException("The YuNet detector is closed.");
    }
    List<Face> candidates = new ArrayList<>();
    fine.collect(frame, scoreThreshold, candidates);
    coarse.collect(frame, scoreThreshold, candidates);
    candidates.removeIf(face -> Math.max(face.box().width(), face.box().height()) < minFaceSize);
    return NonMaximumSuppression.weighted(candidates, SUPPRESSION_THRESHOLD);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      fine.close();
      coarse.close();
    }
  }
}
