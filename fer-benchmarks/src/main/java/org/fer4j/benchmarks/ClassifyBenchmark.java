package org.fer4j.benchmarks;

import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.fer4j.ClassifierOptions;
import org.fer4j.CropRule;
import org.fer4j.EmotionClassifier;
import org.fer4j.EmotionScores;
import org.fer4j.Face;
import org.fer4j.FaceAligner;
import org.fer4j.FaceCrop;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.image.TensorSampler;
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
 * What follows detection: faces of a frame of 640 x 480 are cut and classified by the live network,
 * against the bare run of that network for all of them at once:
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests -pl fer-benchmarks -am package
 * java -jar fer-benchmarks/target/benchmarks.jar ClassifyBenchmark -prof gc
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
public class ClassifyBenchmark {

  /** Faces in the frame. */
  @Param({"1", "8"})
  public int faces;

  private final FaceAligner aligner = FaceAligner.standard();
  private Frame frame;
  private List<Face> found;
  private EmotionClassifier classifier;
  private CropRule rule;
  private List<FaceCrop> crops;
  private TensorSampler sampler;
  private InputSpec spec;
  private FloatBuffer input;
  private int middle;
  private float middleValue;
  private BareNetwork network;

  /** Finds the faces; opens the classifier and the bare network. */
  @Setup
  public void open() throws OrtException {
    frame = Portrait.frame("640x480", faces);
    try (FramePipeline pipeline = FramePipeline.builder().live().build()) {
      found = pipeline.detect(frame);
    }
    Answers.requireFaces(faces, found.size());
    classifier =
        new OnnxBackend().openClassifier(Backend.LIVE_CLASSIFIER, ClassifierOptions.defaults());
    rule = classifier.cropRule();
    crops = found.stream().map(face -> aligner.align(frame, face, rule)).toList();
    spec =
        Model.ofResource(OnnxBackend.class, "models/" + Backend.LIVE_CLASSIFIER).manifest().input();
    sampler = new TensorSampler(spec);
    input =
        ByteBuffer.allocateDirect(faces * spec.length() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    middle = faces * spec.length() - spec.length() / 2;
    cutAll();
    middleValue = input.get(middle);
    network = new BareNetwork(Backend.LIVE_CLASSIFIER, faces);
  }

  /** Closes them. */
  @TearDown
  public void close() throws OrtException {
    classifier.close();
    network.close();
  }

  /** Aligning all faces, and reading them as the network's input. */
  @Benchmark
  public float alignAndSample() {
    input.put(middle, Float.NaN);
    cutAll();
    return Answers.requireSame(middleValue, input.get(middle));
  }

  private void cutAll() {
    for (int i = 0; i < faces; i++) {
      FaceCrop crop = aligner.align(frame, found.get(i), rule);
      sampler.sample(crop.frame(), crop.square(), input, i * spec.length());
    }
  }

  /** The whole classifier, which reads the pixels of aligned faces, too. */
  @Benchmark
  public List<EmotionScores> classify() {
    List<EmotionScores> scores = classifier.classify(crops);
    Answers.requireHappy(faces, scores, Function.identity());
    return scores;
  }

  /** The network alone, on a ready tensor. */
  @Benchmark
  public float bareNetwork() throws OrtException {
    network.run();
    return Answers.requireFinite(network.firstValue());
  }
}
