package org.fer4j.inference;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fer4j.Face;
import org.fer4j.FaceMesh;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.LandmarkDetector;
import org.fer4j.LandmarkOptions;
import org.fer4j.RotatedSquare;
import org.fer4j.StageDescription;
import org.fer4j.image.TensorSampler;
import org.fer4j.model.InputSpec;
import org.fer4j.model.LandmarkSpec;
import org.fer4j.model.Model;

/**
 * A network that gives the points of one face that was cut out with a margin, and whether there is
 * a face: MediaPipe's face mesh (Kartynnik et al., 2019, arXiv:1907.06724).
 *
 * <p>Confined: one thread may use it at a time.
 */
public final class NetworkLandmarkDetector implements LandmarkDetector {

  private static final int DIMENSIONS = 3;

  private final InferenceSession session;
  private final InputSpec input;
  private final LandmarkSpec spec;
  private final String place;
  private final StageDescription description;
  private final float presenceThreshold;
  private final TensorSampler sampler;
  private final List<RotatedSquare> squares;
  private final float[] coordinates;
  private boolean closed;

  private NetworkLandmarkDetector(
      InferenceSession session,
      InputSpec input,
      LandmarkSpec spec,
      Model model,
      float presenceThreshold) {
    this.session = session;
    this.input = input;
    this.spec = spec;
    this.place = model.place();
    this.description = Descriptions.of(model, session);
    this.presenceThreshold = presenceThreshold;
    this.sampler = new TensorSampler(input);
    this.squares = new ArrayList<>(session.maxBatch());
    this.coordinates = new float[DIMENSIONS * spec.count()];
  }

  /**
   * Loads a landmark network.
   *
   * @throws IllegalArgumentException if the model is not for landmarks
   * @throws FerException if it can't be loaded
   */
  public static NetworkLandmarkDetector open(
      InferenceEngine engine, Model model, LandmarkOptions options) {
    LandmarkSpec spec = model.manifest().requireLandmarks();
    InputSpec input = model.manifest().input();
    List<InferenceEngine.Output> outputs =
        List.of(
            new InferenceEngine.Output(spec.points(), DIMENSIONS * spec.count()),
            new InferenceEngine.Output(spec.presence(), 1));
    InferenceSession session = engine.open(model, outputs, options.maxBatch(), options.runtime());
    float threshold = (float) options.presenceThreshold().orElse(spec.presenceThreshold());
    return new NetworkLandmarkDetector(session, input, spec, model, threshold);
  }

  @Override
  public List<Optional<FaceMesh>> detect(Frame frame, List<Face> faces) {
    if (closed) {
      throw new IllegalStateException("The landmark detector in '" + place + "' is closed.");
    }
    List<Optional<FaceMesh>> meshes = new ArrayList<>(faces.size());
    for (int begin = 0; begin < faces.size(); begin += session.maxBatch()) {
      int batch = Math.min(session.maxBatch(), faces.size() - begin);
      squares.clear();
      for (int i = 0; i < batch; i++) {
        RotatedSquare face = PhotoFaceDetector.around(frame, faces.get(begin + i));
        RotatedSquare square = PhotoFaceDetector.scaled(face, spec.cropScale());
        squares.add(square);
        sampler.sample(frame, square, session.input(), i * input.length());
      }
      session.run(batch);
      for (int i = 0; i < batch; i++) {
        meshes.add(mesh(i, squares.get(i)));
      }
    }
    return meshes;
  }

  private Optional<FaceMesh> mesh(int row, RotatedSquare square) {
    float logit = session.output(1).get(row);
    if (!Float.isFinite(logit)) {
      throw BadOutput.notFinite(spec.presence(), place, logit);
    }
    float presence = (float) (1 / (1 + Math.exp(-logit)));
    if (presence < presenceThreshold) {
      return Optional.empty();
    }
    FloatBuffer points = session.output(0);
    double angle = Math.toRadians(square.rotationDegrees());
    float scale = square.size() / input.size();
    float cos = (float) Math.cos(angle) * scale;
    float sin = (float) Math.sin(angle) * scale;
    float middle = input.size() / 2f;
    int first = row * coordinates.length;
    for (int i = 0; i < coordinates.length; i += DIMENSIONS) {
      float x = points.get(first + i) - middle;
      float y = points.get(first + i + 1) - middle;
      coordinates[i] = square.centerX() + x * cos - y * sin;
      coordinates[i + 1] = square.centerY() + x * sin + y * cos;
      coordinates[i + 2] = points.get(first + i + 2) * scale;
      if (!Float.isFinite(coordinates[i] + coordinates[i + 1] + coordinates[i + 2])) {
        throw BadOutput.notFinite(spec.points(), place, x + y + coordinates[i + 2]);
      }
    }
    return Optional.of(FaceMesh.of(presence, coordinates));
  }

  @Override
  public StageDescription describe() {
    return description;
  }

  @Override
  public void close() {
    closed = true;
    session.close();
  }
}
