package org.fer4j.benchmarks;

import ai.onnxruntime.OrtException;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fer4j.FaceResult;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.benchmarks.history.FrameCost;
import org.fer4j.benchmarks.history.FrameCost.Share;

/**
 * {@link FrameBenchmark} in a way that answers within a minute and holds on a machine that others
 * use, too: the pipeline and the bare networks take turns of some frames each on one thread, so
 * that whatever slows one slows the other, and medians of those turns are compared.
 *
 * <pre>{@code
 * ./bench ratio
 * }</pre>
 *
 * <p>Safe for use by many threads, though one at a time measures better.
 */
public final class FrameRatio {

  /** Long enough for the compiler to be done, which sees some hundred frames then. */
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** Long enough to make the caches warm again, short beside the changes of a shared machine. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

  private static final int ALLOCATING_FRAMES = 500;
  private static final int COUNTED_FRAMES = 50;

  private FrameRatio() {}

  /** A frame's way, or the bare runs of its networks. */
  private interface Work {
    Object run() throws OrtException;
  }

  /**
   * Measures for some 40 seconds.
   *
   * @throws IllegalStateException if a face is missed or its expression is wrong
   */
  public static FrameCost measure() {
    try {
      FrameBenchmark one = open(1);
      FrameBenchmark eight = open(8);
      try {
        Share faces1 = share(one);
        Share faces8 = share(eight);
        return new FrameCost(faces1, faces8, bytesPerFrame(one), runsPerFrame());
      } finally {
        one.close();
        eight.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  private static FrameBenchmark open(int faces) throws OrtException {
    FrameBenchmark benchmark = new FrameBenchmark();
    benchmark.faces = faces;
    benchmark.size = "640x480";
    benchmark.open();
    return benchmark;
  }

  private static Share share(FrameBenchmark benchmark) throws OrtException {
    takeTurns(benchmark, WARM_UP_NANOS);
    List<double[]> turns = takeTurns(benchmark, MEASURED_NANOS);
    double frame = median(turns.stream().mapToDouble(turn -> turn[0]).toArray());
    double networks = median(turns.stream().mapToDouble(turn -> turn[1]).toArray());
    return new Share(rounded(frame, 1), rounded(networks, 1), rounded(frame / networks, 4));
  }

  /** Returns microseconds of a frame and of the bare networks, turn by turn. */
  private static List<double[]> takeTurns(FrameBenchmark benchmark, long nanos)
      throws OrtException {
    List<double[]> turns = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; System.nanoTime() - start < nanos; i++) {
      // Who begins takes turns as well.
      double first = turn(i % 2 == 0 ? benchmark::process : benchmark::bareNetworks);
      double second = turn(i % 2 == 0 ? benchmark::bareNetworks : benchmark::process);
      turns.add(i % 2 == 0 ? new double[] {first, second} : new double[] {second, first});
    }
    return turns;
  }

  private static double turn(Work work) throws OrtException {
    long start = System.nanoTime();
    long passed = 0;
    int runs = 0;
    for (; passed < TURN_NANOS; passed = System.nanoTime() - start) {
      work.run();
      runs++;
    }
    return passed / 1e3 / runs;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double rounded(double value, int digits) {
    double factor = Math.pow(10, digits);
    return Math.rint(value * factor) / factor;
  }

  private static long bytesPerFrame(FrameBenchmark benchmark) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < ALLOCATING_FRAMES; i++) {
      benchmark.process();
    }
    return (threads.getThreadAllocatedBytes(thread) - before) / ALLOCATING_FRAMES;
  }

  /** Of a pipeline that is opened like the measured one, on the backend that counts. */
  private static double runsPerFrame() {
    Frame frame = Portrait.frame("640x480", 1);
    try (FramePipeline pipeline =
        FramePipeline.builder().backend(CountedBackend.NAME).live().build()) {
      long before = CountedBackend.runs();
      for (int i = 0; i < COUNTED_FRAMES; i++) {
        Answers.requireHappy(1, pipeline.process(frame).faces(), FaceResult::scores);
      }
      return (double) (CountedBackend.runs() - before) / COUNTED_FRAMES;
    }
  }
}
