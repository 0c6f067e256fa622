package org.fer4j.benchmarks;

import ai.onnxruntime.OrtException;
import java.util.concurrent.TimeUnit;
import org.fer4j.FaceResult;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.FrameResult;
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
 * A frame with some faces, live detector, one thread, against the bare runs of its networks in the
 * same run: the detector once, the classifier once for all faces. Read the ratio of both, not the
 * times:
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests -pl fer-benchmarks -am package
 * java -jar fer-benchmarks/target/benchmarks.jar FrameBenchmark -prof gc
 * java -jar fer-benchmarks/target/benchmarks.jar FrameBenchmark.process -prof gc \
 *     -p faces=1,2,8 -p size=320x240,640x480,1280x720,1920x1080
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
public class FrameBenchmark {

  /** Faces in the frame. */
  @Param({"1", "8"})
  public int faces;

  /** Width and height of the frame in pixels. */
  @Param("640x480")
  public String size;

  private Frame frame;
  private FramePipeline pipeline;
  private BareNetwork detector;
  private BareNetwork classifier;

  /** Opens the pipeline and the bare networks. */
  @Setup
  public void open() throws OrtException {
    frame = Portrait.frame(size, faces);
    pipeline = FramePipeline.builder().live().build();
    detector = new BareNetwork(Backend.LIVE_DETECTOR, 1);
    classifier = new BareNetwork(Backend.LIVE_CLASSIFIER, faces);
  }

  /** Closes them. */
  @TearDown
  public void close() throws OrtException {
    pipeline.close();
    detector.close();
    classifier.close();
  }

  /** The whole way of a frame. */
  @Benchmark
  public FrameResult process() {
    FrameResult result = pipeline.process(frame);
    Answers.requireHappy(faces, result.faces(), FaceResult::scores);
    return result;
  }

  /** The networks alone, on ready tensors. */
  @Benchmark
  public float bareNetworks() throws OrtException {
    detector.run();
    classifier.run();
    return Answers.requireFinite(detector.firstValue() + classifier.firstValue());
  }
}
