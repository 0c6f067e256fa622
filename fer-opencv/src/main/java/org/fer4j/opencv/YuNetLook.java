package org.fer4j.opencv;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.fer4j.Face;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.LandmarkLayout;
import org.fer4j.Landmarks;
import org.fer4j.Point;
import org.fer4j.RuntimeOptions;
import org.fer4j.image.TensorSampler;
import org.fer4j.inference.InferenceEngine.Output;
import org.fer4j.model.InputSpec;

/**
 * YuNet for pictures of one size. For cells of 8, 16 and 32 pixels each it tells whether there is a
 * face (the root of two scores' product), its box (the centre from the cell's corner, and the
 * logarithm of its size, in cells) and five points (from the cell's corner, in cells).
 *
 * <p>Confined: one thread may use it at a time.
 */
final class YuNetLook implements AutoCloseable {

  /*
   * OpenCV's own FaceDetectorYN reads the same outputs, but lies in a library that can't be loaded
   * without GTK 2 (see OpenCv), which servers do not have. A test compares the two.
   */
  private static final int[] STRIDES = {8, 16, 32};

  private static final int POINTS = 5;

  static final LandmarkLayout LAYOUT =
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

  private final int size;
  private final TensorSampler sampler;
  private final OpenCvSession session;
  private final float[] points = new float[2 * LAYOUT.size()];

  private YuNetLook(InputSpec input, OpenCvSession session) {
    this.size = input.size();
    this.sampler = new TensorSampler(input, Canvas.TAPS);
    this.session = session;
  }

  /**
   * Loads the network.
   *
   * @param place of the network, for messages
   * @param size side of the pictures, in pixels: a multiple of 32
   * @throws FerException if it is not YuNet
   */
  static YuNetLook open(byte[] network, String place, int size, RuntimeOptions options) {
    InputSpec input =
        new InputSpec(
            "input",
            InputSpec.Layout.NCHW,
            size,
            InputSpec.Color.BGR,
            Collections.nCopies(3, 0f),
            Collections.nCopies(3, 1f),
            InputSpec.Border.ZERO);
    List<Output> outputs = new ArrayList<>();
    for (int stride : STRIDES) {
      int cells = (size / stride) * (size / stride);
      outputs.add(new Output("cls_" + stride, cells));
      outputs.add(new Output("obj_" + stride, cells));
      outputs.add(new Output("bbox_" + stride, 4 * cells));
      outputs.add(new Output("kps_" + stride, 2 * POINTS * cells));
    }
    return new YuNetLook(input, OpenCvEngine.open(network, place, input, outputs, 1, options));
  }

  /**
   * Looks at a frame and adds each cell that sees a face, several for each face.
   *
   * @param scoreThreshold the least score of those that are added
   */
  void collect(Frame frame, float scoreThreshold, List<Face> faces) {
    Placement placement = Placement.of(frame, size, 1);
    sampler.sample(frame, placement.square(), session.input(), 0);
    session.run(1);
    for (int level = 0; level < STRIDES.length; level++) {
      FloatBuffer classes = session.output(4 * level);
      FloatBuffer objects = session.output(4 * level + 1);
      for (int cell = 0; cell < classes.limit(); cell++) {
        float score = score(classes.get(cell), objects.get(cell));
        if (score >= scoreThreshold) {
          add(placement, level, cell, score, faces);
        }
      }
    }
  }

  private static float score(float isFace, float isObject) {
    if (Float.isNaN(isFace) || Float.isNaN(isObject)) {
      throw new FerException("expected finite scores from YuNet, found NaN");
    }
    return (float) Math.sqrt((double) clamped(isFace) * clamped(isObject));
  }

  private static float clamped(float value) {
    return Math.max(0, Math.min(1, value));
  }

  private void add(Placement placement, int level, int cell, float score, List<Face> faces) {
    int stride = STRIDES[level];
    int column = cell % (size / stride);
    int row = cell / (size / stride);
    FloatBuffer boxes = session.output(4 * level + 2);
    FloatBuffer keypoints = session.output(4 * level + 3);
    float width = (float) Math.exp(boxes.get(4 * cell + 2)) * stride;
    float height = (float) Math.exp(boxes.get(4 * cell + 3)) * stride;
    float x = (column + boxes.get(4 * cell)) * stride - width / 2;
    float y = (row + boxes.get(4 * cell + 1)) * stride - height / 2;
    if (!Float.isFinite(x + y + width + height) || width == 0 || height == 0) {
      throw new FerException(
          "expected finite boxes from YuNet, found %s x %s at %s, %s"
              .formatted(width, height, x, y));
    }
    for (int i = 0; i < POINTS; i++) {
      int from = 2 * (POINTS * cell + i);
      Point point =
          placement.toFrame(
              (column + keypoints.get(from)) * stride, (row + keypoints.get(from + 1)) * stride);
      // The corners of the mouth stand behind its middle.
      int to = 2 * (i < 3 ? i : i + 1);
      points[to] = point.x();
      points[to + 1] = point.y();
    }
    points[6] = (points[8] + points[10]) / 2;
    points[7] = (points[9] + points[11]) / 2;
    faces.add(
        new Face(
            BOX_RULE.apply(placement, x, y, width, height), score, Landmarks.of(LAYOUT, points)));
  }

  @Override
  public void close() {
    session.close();
  }
}
