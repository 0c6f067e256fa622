package org.fer4j.inference;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntFunction;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.RotatedSquare;
import org.fer4j.StageDescription;
import org.fer4j.image.TensorSampler;
import org.fer4j.model.DetectorSpec;
import org.fer4j.model.InputSpec;
import org.fer4j.model.Model;

/**
 * A network that tells for each of its anchors whether there is a face, and where: BlazeFace
 * (Bazarevsky et al., 2019, arXiv:1907.05047). One look at the whole frame.
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class SingleShotFaceDetector implements FaceDetector {

  /** As many pixels as bilinear interpolation reads, with which the networks were trained. */
  private static final int LIVE_TAPS = 2;

  private final InferenceSession session;
  private final InputSpec input;
  private final DetectorSpec spec;
  private final String place;
  private final StageDescription description;
  private final TensorSampler sampler;
  private final float[] anchorX;
  private final float[] anchorY;
  private final float logitThreshold;
  private final float[] logits;
  private final float[] row;
  private final FaceCandidates candidates;
  private final IntFunction<Face> single;

  private SingleShotFaceDetector(
      InferenceSession session,
      InputSpec input,
      DetectorSpec spec,
      Model model,
      float scoreThreshold,
      int maxTaps) {
    this.session = session;
    this.input = input;
    this.spec = spec;
    this.place = model.place();
    this.description = Descriptions.of(model, session);
    this.sampler = new TensorSampler(input, maxTaps);
    int anchors = spec.anchorCount(input.size());
    this.anchorX = new float[anchors];
    this.anchorY = new float[anchors];
    this.logits = new float[anchors];
    this.row = new float[rowLength(spec)];
    this.candidates = new FaceCandidates(spec.keypoints());
    this.single = candidates::face;
    this.logitThreshold = (float) Math.log(scoreThreshold / (1 - scoreThreshold));
    placeAnchors();
  }

  /**
   * Loads a detection network.
   *
   * @throws IllegalArgumentException if the model is not for detection
   * @throws FerException if it can't be loaded
   */
  public static SingleShotFaceDetector open(
      InferenceEngine engine, Model model, DetectorOptions options) {
    return open(engine, model, options, LIVE_TAPS);
  }

  /**
   * Loads a detection network.
   *
   * @param maxTaps the most pixels each way that are averaged for one value of the input
   */
  static SingleShotFaceDetector open(
      InferenceEngine engine, Model model, DetectorOptions options, int maxTaps) {
    InputSpec input = model.manifest().input();
    DetectorSpec spec = model.manifest().requireDetector();
    int anchors = spec.anchorCount(input.size());
    List<InferenceEngine.Output> outputs =
        List.of(
            new InferenceEngine.Output(spec.boxes(), anchors * rowLength(spec)),
            new InferenceEngine.Output(spec.scores(), anchors));
    InferenceSession session = engine.open(model, outputs, 1, options.runtime());
    float threshold = (float) options.scoreThreshold().orElse(spec.scoreThreshold());
    return new SingleShotFaceDetector(session, input, spec, model, threshold, maxTaps);
  }

  private static int rowLength(DetectorSpec spec) {
    return 4 + 2 * spec.keypoints().size();
  }

  private void placeAnchors() {
    int i = 0;
    for (DetectorSpec.AnchorGrid grid : spec.anchors()) {
      int cells = (input.size() + grid.stride() - 1) / grid.stride();
      for (int row = 0; row < cells; row++) {
        for (int column = 0; column < cells; column++) {
          for (int anchor = 0; anchor < grid.perCell(); anchor++, i++) {
            anchorX[i] = (column + 0.5f) * input.size() / cells;
            anchorY[i] = (row + 0.5f) * input.size() / cells;
          }
        }
      }
    }
  }

  @Override
  public List<Face> detect(Frame frame) {
    collect(frame, RotatedSquare.around(frame));
    return candidates.weighted(spec.suppressionThreshold(), single);
  }

  /**
   * Looks at a square of the frame and adds each anchor that sees a face, several for each face.
   */
  void collect(Frame frame, RotatedSquare square, List<Face> faces) {
    collect(frame, square);
    for (int i = 0; i < candidates.size(); i++) {
      faces.add(candidates.face(i));
    }
  }

  private void collect(Frame frame, RotatedSquare square) {
    candidates.clear();
    sampler.sample(frame, square, session.input(), 0);
    session.run(1);
    FloatBuffer boxes = session.output(0);
    session.output(1).get(0, logits);
    for (int i = 0; i < logits.length; i++) {
      float logit = logits[i];
      if (logit >= logitThreshold) {
        boxes.get(i * row.length, row);
        addCandidate(i, logit, square);
      } else if (Float.isNaN(logit)) {
        throw BadOutput.notFinite(spec.scores(), place, logit);
      }
    }
  }

  private void addCandidate(int anchor, float logit, RotatedSquare square) {
    for (float value : row) {
      if (!Float.isFinite(value)) {
        throw BadOutput.notFinite(spec.boxes(), place, value);
      }
    }
    float scale = square.size() / input.size();
    float width = row[2] * scale;
    float height = row[3] * scale;
    if (width <= 0 || height <= 0) {
      return;
    }
    double angle = Math.toRadians(square.rotationDegrees());
    float cos = (float) Math.cos(angle) * scale;
    float sin = (float) Math.sin(angle) * scale;
    for (int i = 0; i < row.length; i += 2) {
      if (i != 2) {
        // From the anchor's centre to the frame; 2 and 3 are the size.
        float x = row[i] + anchorX[anchor] - input.size() / 2f;
        float y = row[i + 1] + anchorY[anchor] - input.size() / 2f;
        row[i] = square.centerX() + x * cos - y * sin;
        row[i + 1] = square.centerY() + x * sin + y * cos;
      }
    }
    boolean lying = Math.abs(sin) > Math.abs(cos);
    float frameWidth = lying ? height : width;
    float frameHeight = lying ? width : height;
    candidates.add(
        row[0] - frameWidth / 2, row[1] - frameHeight / 2, frameWidth, frameHeight, sigmoid(logit));
    for (int i = 0; i < spec.keypoints().size(); i++) {
      candidates.setPoint(i, row[4 + 2 * i], row[5 + 2 * i]);
    }
  }

  private float sigmoid(float logit) {
    float clipped = Math.max(-spec.scoreClip(), Math.min(spec.scoreClip(), logit));
    return (float) (1 / (1 + Math.exp(-clipped)));
  }

  float suppressionThreshold() {
    return spec.suppressionThreshold();
  }

  @Override
  public StageDescription describe() {
    return description;
  }

  @Override
  public void close() {
    session.close();
  }
}
