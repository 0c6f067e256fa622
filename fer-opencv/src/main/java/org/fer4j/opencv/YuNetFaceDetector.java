package org.fer4j.opencv;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.LandmarkLayout;
import org.fer4j.Landmarks;
import org.fer4j.Point;
import org.fer4j.inference.NonMaximumSuppression;
import org.fer4j.model.InputSpec;

/**
 * OpenCV's YuNet (Wu et al., 2023, doi:10.1007/s11633-023-1423-y). Its weights are not bundled: the
 * user brings {@code face_detection_yunet_2023mar.onnx} from OpenCV Zoo (MIT licence).
 *
 * <p>It finds faces of about 10 to 300 pixels. Two looks make that 10 pixels to the whole picture:
 * one at the frame in at most 640 x 640 pixels, and one in 224 x 224 for faces that fill it. Larger
 * frames are scaled down, so that the smallest face that can be found is about a sixtieth of the
 * longer side; {@link DetectorOptions#minFaceSize()} costs nothing and only leaves out smaller
 * faces.
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

  private static final float SUPPRESSION_THRESHOLD = 0.3f;
  private static final int FINE_SIZE = 640;
  private static final int COARSE_SIZE = 224;

  private static final LandmarkLayout LAYOUT =
      new LandmarkLayout(
          List.of(
              "right_eye",
              "left_eye",
              "nose_tip",
              "mouth",
              "right_mouth_corner",
              "left_mouth_corner"));

  /** Of 120 FER+ crops pasted into photographs; half of them are within 0.03 and 0.05 of it. */
  private static final BoxRule BOX_RULE = new BoxRule(0, 0.073f, 0.943f, 0.943f);

  private final Look fine;
  private final Look coarse;
  private final int minFaceSize;
  private boolean closed;

  /** The network at one size. */
  private record Look(Canvas canvas, YuNetNetwork network) implements AutoCloseable {

    static Look open(byte[] network, int size, float scoreThreshold) {
      Canvas canvas = new Canvas(size, InputSpec.Color.BGR);
      try {
        return new Look(
            canvas, new YuNetNetwork(network, size, scoreThreshold, SUPPRESSION_THRESHOLD));
      } catch (RuntimeException | Error e) {
        canvas.close();
        throw e;
      }
    }

    FloatBuffer faces(Frame frame, float scale) {
      canvas.draw(frame, scale);
      return network.faces(canvas.picture());
    }

    @Override
    public void close() {
      canvas.close();
      network.close();
    }
  }

  private YuNetFaceDetector(Look fine, Look coarse, int minFaceSize) {
    this.fine = fine;
    this.coarse = coarse;
    this.minFaceSize = minFaceSize;
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
    OpenCv.load(options.runtime().intraOpThreads());
    float threshold = (float) options.scoreThreshold().orElse(SCORE_THRESHOLD);
    try {
      byte[] network = Files.readAllBytes(file);
      return open(network, threshold, options.minFaceSize());
    } catch (IOException | RuntimeException e) {
      throw new FerException(
          "'%s' can't be opened as YuNet: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static YuNetFaceDetector open(byte[] network, float threshold, int minFaceSize) {
    if (network.length == 0) {
      throw new FerException("the file is empty");
    }
    Look fine = Look.open(network, FINE_SIZE, threshold);
    try {
      Look coarse = Look.open(network, COARSE_SIZE, threshold);
      try {
        // Another network shows when it runs, and memory is allocated then.
        fine.network().faces(fine.canvas().picture());
        coarse.network().faces(coarse.canvas().picture());
        return new YuNetFaceDetector(fine, coarse, minFaceSize);
      } catch (RuntimeException | Error e) {
        coarse.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      fine.close();
      throw e;
    }
  }

  @Override
  public List<Face> detect(Frame frame) {
    if (closed) {
      throw new IllegalStateException("The YuNet detector is closed.");
    }
    List<Face> candidates = new ArrayList<>();
    collect(frame, fine, Math.min(1, fine.canvas().fillingScale(frame)), candidates);
    collect(frame, coarse, Math.min(1, coarse.canvas().fillingScale(frame)), candidates);
    candidates.removeIf(
        face -> Math.max(face.box().width(), face.box().height()) < minFaceSize);
    return NonMaximumSuppression.weighted(candidates, SUPPRESSION_THRESHOLD);
  }

  private static void collect(Frame frame, Look look, float scale, List<Face> faces) {
    FloatBuffer rows = look.faces(frame, scale);
    float[] points = new float[2 * LAYOUT.size()];
    for (int row = 0; row < rows.limit(); row += YuNetNetwork.ROW) {
      for (int i = 0; i < YuNetNetwork.ROW; i++) {
        if (!Float.isFinite(rows.get(row + i))) {
          throw new FerException("expected finite numbers from YuNet, found " + rows.get(row + i));
        }
      }
      if (rows.get(row + 2) > 0 && rows.get(row + 3) > 0) {
        faces.add(face(look.canvas(), rows, row, points));
      }
    }
  }

  private static Face face(Canvas canvas, FloatBuffer rows, int row, float[] points) {
    float mouthX = 0;
    float mouthY = 0;
    for (int i = 0; i < 5; i++) {
      Point point = canvas.toFrame(rows.get(row + 4 + 2 * i), rows.get(row + 5 + 2 * i));
      // The corners of the mouth stand behind its middle.
      int at = i < 3 ? i : i + 1;
      points[2 * at] = point.x();
      points[2 * at + 1] = point.y();
      if (i >= 3) {
        mouthX += point.x() / 2;
        mouthY += point.y() / 2;
      }
    }
    points[6] = mouthX;
    points[7] = mouthY;
    return new Face(
        BOX_RULE.apply(
            canvas, rows.get(row), rows.get(row + 1), rows.get(row + 2), rows.get(row + 3)),
        Math.max(0, Math.min(1, rows.get(row + 14))),
        Landmarks.of(LAYOUT, points));
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
