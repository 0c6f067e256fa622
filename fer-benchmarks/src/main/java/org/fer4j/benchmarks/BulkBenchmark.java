package org.fer4j.benchmarks;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * Photographs a second by the number of workers: JPEGs of 320 x 240 to 1024 x 768 with one face,
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
  private static final int[] WIDTHS = {320, 480, 640, 800, 1024};

  /** How many photographs are worked on at a time. */
  @Param({"1", "2"})
  public int workers;

  private final byte[][] photographs = new byte[WIDTHS.length][];
  private BulkPipeline<FramePipeline> bulk;

  /** Makes the photographs and opens the networks. */
  @Setup
  public void open() throws IOException {
    for (int i = 0; i < WIDTHS.length; i++) {
      BufferedImage image = Portrait.image(WIDTHS[i], WIDTHS[i] * 3 / 4);
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(image, "jpeg", jpeg);
      photographs[i] = jpeg.toByteArray();
    }
    ImageIO.setUseCache(false);
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
    Iterator<BulkResult<Integer, FrameResult>> results =
        bulk.process(
            IntStream.range(0, PHOTOGRAPHS).iterator(),
            (pipeline, number) -> pipeline.process(Frame.of(decode(number))));
    int faces = 0;
    while (results.hasNext()) {
      faces += results.next().orElseThrow().faces().size();
    }
    if (faces != PHOTOGRAPHS) {
      throw new IllegalStateException("expected one face in each photograph, found " + faces);
    }
    return faces;
  }

  private BufferedImage decode(int number) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(photographs[number % photographs.length]));
  }
}
