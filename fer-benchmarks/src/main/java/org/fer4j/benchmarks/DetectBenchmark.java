package org.fer4j.benchmarks;

import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fer4j.DetectorOptions;
import org.fer4j.Face;
import org.fer4j.FaceDetector;
import org.fer4j.Frame;
import org.fer4j.RotatedSquare;
import org.fer4j.image.TensorSampler;
import org.fer4j.inference.InferenceEngine;
import org.fer4j.inference.SingleShotFaceDetector;
import org.fer4j.model.InputSpec;
import org.fer4j.model.Model;
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
 * The live detector on a frame with eight faces, whole and in parts, against the bare run of its
 * network:
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests -pl fer-benchmarks -am package
 * java -jar fer-benchmarks/target/benchmarks.jar DetectBenchmark -prof gc
 * }</pre>
 *
 * <p>Confined: each thread of JMH has one of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls open() first.
public class DetectBenchmark {

  private static final int FACES = 8;

  /** As the live detector samples. */
  private static final int TAPS = 2;

  /** Width and height of the frame in pixels. */
  @Param("640x480")
  public String size;

  private Frame frame;
  private FaceDetector detector;
  private FaceDetector replaying;
  private TensorSampler sampler;
  private RotatedSquare square;
  private FloatBuffer input;
  private int middle;
  private float middleValue;
  private BareNetwork network;

  /** Opens the detector, its parts and the bare network. */
  @Setup
  public void open() throws OrtException {
    frame = Portrait.frame(size, FACES);
    OnnxBackend backend = new OnnxBackend();
    detector = backend.openDetector(Backend.LIVE_DETECTOR, DetectorOptions.defaults());
    Model model = Model.ofResource(OnnxBackend.class, "models/" + Backend.LIVE_DETECTOR);
    replaying =
        SingleShotFaceDetector.open(replay(backend.engine()), model, DetectorOptions.defaults());
    InputSpec spec = model.manifest().input();
    sampler = new TensorSampler(spec, TAPS);
    square = RotatedSquare.around(frame);
    input =
        ByteBuffer.allocateDirect(spec.length() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    middle = spec.length() / 2;
    sampler.sample(frame, square, input, 0);
    middleValue = input.get(middle);
    network = new BareNetwork(Backend.LIVE_DETECTOR, 1);
  }

  /** Runs each network once; what it said then is read again and again. */
  private static InferenceEngine replay(InferenceEngine real) {
    return (model, outputs, maxBatch, options) -> {
      AtomicBoolean ran = new AtomicBoolean();
      return new TappedSession(
          real.open(model, outputs, maxBatch, options),
          (session, batch) -> {
            if (!ran.getAndSet(true)) {
              session.run(batch);
            }
          });
    };
  }

  /** Closes all of them. */
  @TearDown
  public void close() throws OrtException {
    detector.close();
    replaying.close();
    network.close();
  }

  /** The whole detector. */
  @Benchmark
  public List<Face> detect() {
    List<Face> faces = detector.detect(frame);
    Answers.requireFaces(FACES, faces.size());
    return faces;
  }

  /**
   * The detector with its network's outputs of an earlier run: reading the frame, and decoding and
   * suppressing faces.
   */
  @Benchmark
  public List<Face> withoutNetwork() {
    List<Face> faces = replaying.detect(frame);
    Answers.requireFaces(FACES, faces.size());
    return faces;
  }

  /** Reading the frame as the network's input. */
  @Benchmark
  public float letterbox() {
    input.put(middle, Float.NaN);
    sampler.sample(frame, square, input, 0);
    return Answers.requireSame(middleValue, input.get(middle));
  }

  /** The network alone, on a ready tensor. */
  @Benchmark
  public float bareNetwork() throws OrtException {
    network.run();
    return Answers.requireFinite(network.firstValue());
  }
}
