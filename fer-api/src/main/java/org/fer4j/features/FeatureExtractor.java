package org.fer4j.features;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.fer4j.FaceMesh;
import org.fer4j.Frame;
import org.fer4j.Point;
import org.fer4j.RotatedSquare;
import org.fer4j.image.TensorSampler;
import org.fer4j.model.InputSpec;

/**
 * Measures the features of faces.
 *
 * <p>Confined: it keeps scratch memory, so one thread may use it at a time.
 */
public final class FeatureExtractor {

  /** Side, in eye spans, and centre below the eyes of what counts as the face for intensities. */
  private static final double FACE_SIZE = 1.8;

  private static final double FACE_CENTER_Y = 0.4;

  /**
   * Eye spans in one distance of a detector's eye keypoints: the median over the faces of FER+'s
   * training part in which the mesh was found.
   */
  private static final double SPANS_PER_EYE_DISTANCE = 1.42;

  private static final InputSpec GREY =
      new InputSpec(
          "grey",
          InputSpec.Layout.NCHW,
          TextureDescriptor.SIZE,
          InputSpec.Color.GRAY,
          List.of(0f),
          List.of(1f),
          InputSpec.Border.REPLICATE);

  private final TensorSampler sampler = new TensorSampler(GREY);
  private final FloatBuffer buffer = FloatBuffer.allocate(GREY.length());
  private final float[] grey = buffer.array();
  private final float[] face = new float[GREY.length()];
  private final FaceShape shape = new FaceShape();
  private final TextureDescriptor descriptor = new TextureDescriptor();

  /** Creates an extractor. */
  public FeatureExtractor() {}

  /**
   * Measures a face whose points are known.
   *
   * @param mesh in pixels of the frame
   * @throws IllegalArgumentException if the eyes, or forehead and nose, lie in one place
   */
  public FacialFeatures extract(Frame frame, FaceMesh mesh) {
    if (!shape.set(mesh)) {
      throw new IllegalArgumentException(
          "expected a mesh whose eye corners, forehead and nose lie apart, found " + mesh);
    }
    float[] values = new float[FeatureLayout.current().size()];
    List<GeometricMeasures.Measure> measures = GeometricMeasures.ALL;
    for (int i = 0; i < measures.size(); i++) {
      values[i] = (float) measures.get(i).formula().of(shape);
    }
    double roll = shape.rollDegrees();
    double span = shape.span();
    int index = measures.size();
    Point middle = shape.middle();
    readFace(frame, middle, span, roll);
    for (Patch patch : Patch.values()) {
      read(frame, patch.center(mesh), patch.size * span, roll);
      descriptor.describe(patch, grey, face, values, index);
      index += TextureDescriptor.length(patch);
    }
    return new FacialFeatures(values, mesh.presence());
  }

  /**
   * Measures the appearance of a face of which only the eyes are known, for example from a
   * detector's keypoints; geometry is missing.
   *
   * @param rightEye centre of the person's right eye, in pixels of the frame
   * @param leftEye centre of the left one
   * @throws IllegalArgumentException if both lie in one place
   */
  public FacialFeatures extract(Frame frame, Point rightEye, Point leftEye) {
    double dx = leftEye.x() - rightEye.x();
    double dy = leftEye.y() - rightEye.y();
    double distance = Math.hypot(dx, dy);
    if (!(distance > 0)) {
      throw new IllegalArgumentException("expected two eyes, found both at " + rightEye);
    }
    double span = distance * SPANS_PER_EYE_DISTANCE;
    double roll = Math.toDegrees(Math.atan2(dy, dx));
    Point middle = new Point((rightEye.x() + leftEye.x()) / 2, (rightEye.y() + leftEye.y()) / 2);
    float[] values = new float[FeatureLayout.current().size()];
    int index = FeatureLayout.current().geometryCount();
    Arrays.fill(values, 0, index, Float.NaN);
    readFace(frame, middle, span, roll);
    for (Patch patch : Patch.values()) {
      Point center = turned(middle, patch.usualX * span, patch.usualY * span, roll);
      read(frame, center, patch.size * span, roll);
      descriptor.describe(patch, grey, face, values, index);
      index += TextureDescriptor.length(patch);
    }
    return new FacialFeatures(values, 0);
  }

  private static Point turned(Point origin, double x, double y, double degrees) {
    double cosine = Math.cos(Math.toRadians(degrees));
    double sine = Math.sin(Math.toRadians(degrees));
    return new Point(
        (float) (origin.x() + x * cosine - y * sine), (float) (origin.y() + x * sine + y * cosine));
  }

  private void readFace(Frame frame, Point middle, double span, double roll) {
    Point center = turned(middle, 0, FACE_CENTER_Y * span, roll);
    read(frame, center, FACE_SIZE * span, roll);
    System.arraycopy(grey, 0, face, 0, face.length);
  }

  private void read(Frame frame, Point center, double size, double roll) {
    RotatedSquare square = new RotatedSquare(center.x(), center.y(), (float) size, (float) roll);
    sampler.sample(frame, square, buffer, 0);
  }
}
