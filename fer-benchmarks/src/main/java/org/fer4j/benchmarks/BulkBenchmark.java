package org.fer4j.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.FrameResult;
import org.fer4j.bulk.BulkPipeline;
import org.fer4j.bulk.BulkResult;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Photographs a second by the number of workers: the sample portrait as a JPEG of 512 x 512,
 * decoded in the workers, with the networks for photographs.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests -pl fer-benchmarks -am package
 * java -jar fer-benchmarks/target/benchmarks.jar BulkBenchmark -p workers=1,2
 * }</pre>
 *
 * <p>Confined: JMH runs it in one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 3, time = 10)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls open() first.
public class BulkBenchmark {

  private static final int PHOTOGRAPHS = 100;

  /** How many photographs are worked on at a time. */
  @Param({"1", "2"})
  public int workers;

  private byte[] photograph;
  private BulkPipeline<FramePipeline> bulk;

  /** Reads the photograph and opens the networks. */
  @Setup
  public void open() throws IOException {
    ImageIO.setUseCache(false);
    try (InputStream stream = BulkBenchmark.class.getResourceAsStream("samples/astronaut.jpg")) {
      if (stream == null) {
        throw new IllegalStateException("The sample portrait is missing in this build.");
      }
      photograph = stream.readAllBytes();
    }
    bulk = BulkPipeline.of(workers, FramePipeline::create);
  }

  /** Closes them. */
  @TearDown
  public void close() {
    bulk.close();
  }

  /** Works through all of them. */
  @Benchmark
  @OperationsPerInvocation(PHOTOGRAPHS)
  public int photographs() {
    Iterator<BulkResult<byte[], FrameResult>> results =
        bulk.process(
            Collections.nCopies(PHOTOGRAPHS, photograph).iterator(),
            (pipeline, jpeg) ->
                pipeline.process(Frame.of(ImageIO.read(new ByteArrayInputStream(jpeg)))));
    int faces = 0;
    while (results.hasNext()) {
      faces += results.next().orElseThrow().faces().size();
    }
    if (faces != PHOTOGRAPHS) {
      throw new IllegalStateException("expected one face in each photograph, found " + faces);
    }
    return faces;
  }
}
