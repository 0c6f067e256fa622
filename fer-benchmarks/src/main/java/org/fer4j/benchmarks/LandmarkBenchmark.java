package org.fer4j.benchmarks;

import ai.onnxruntime.OrtException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.FaceMesh;
import org.fer4j.Frame;
import org.fer4j.LandmarkDetector;
import org.fer4j.LandmarkOptions;
import org.fer4j.onnx.OnnxBackend;
import org.fer4j.spi.Backend;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Landmarks of one or several faces in a frame of 640 x 480, one thread, against the bare run of
 * the network:
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests -pl fer-benchmarks -am package
 * java -jar fer-benchmarks/target/benchmarks.jar LandmarkBenchmark -prof gc
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls open() first.
public class LandmarkBenchmark {

  /** How many faces go in a batch. */
  @Param({"1", "4"})
  public int faces;

  private final Frame frame = Portrait.frame(640, 480);
  private List<Face> found;
  private LandmarkDetector landmarks;
  private BareNetwork network;

  /** Finds the face and opens the networks. */
  @Setup
  public void open() throws OrtException {
    OnnxBackend backend = new OnnxBackend();
    try (FaceDetector detector =
        backend.openDetector(Backend.LIVE_DETECTOR, DetectorOptions.defaults())) {
      found = Collections.nCopies(faces, detector.detect(frame).get(0));
    }
    landmarks = backend.openLandmarkDetector(Backend.LANDMARKS, LandmarkOptions.defaults());
    network = new BareNetwork(Backend.LANDMARKS, faces);
  }

  /** Closes them. */
  @TearDown
  public void close() throws OrtException {
    landmarks.close();
    network.close();
  }

  /** The whole way from the frame to the points. */
  @Benchmark
  public List<Optional<FaceMesh>> detect() {
    List<Optional<FaceMesh>> meshes = landmarks.detect(frame, found);
    if (meshes.size() != faces || meshes.get(0).isEmpty()) {
      throw new IllegalStateException("expected " + faces + " meshes, found " + meshes);
    }
    return meshes;
  }

  /** The network alone, on ready tensors. */
  @Benchmark
  public float bareNetwork() throws OrtException {
    network.run();
    return network.firstValue();
  }
}
