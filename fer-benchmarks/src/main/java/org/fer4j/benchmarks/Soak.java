package org.fer4j.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.fer4j.Frame;
import org.fer4j.PixelFormat;
import org.fer4j.live.LiveFramePipeline;
import org.fer4j.live.LiveListener;
import org.fer4j.video.VideoResult;

/**
 * Many frames of 320 x 240 through a {@link LiveFramePipeline} with the real networks, and how much
 * memory the process takes before and after. A face is there three quarters of the time, each time
 * elsewhere, so that ids come and go.
 *
 * <pre>{@code
 * ./mvnw -q -DskipTests -pl fer-benchmarks -am package
 * java -Xmx256m -cp fer-benchmarks/target/benchmarks.jar org.fer4j.benchmarks.Soak 200000
 * }</pre>
 *
 * <p>Confined: for one thread.
 */
public final class Soak {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int FRAMES = 200_000;
  private static final int WARM_UP = 5_000;
  private static final int REPORTS = 10;
  private static final long FRAME_NANOS = 33_333_333;

  /** In frames: how often the person comes anew, and how long the place is empty before. */
  private static final int VISIT = 240;

  private static final int EMPTY = 60;
  private static final Path STATUS = Path.of("/proc/self/status");

  private Soak() {}

  /**
   * Prints resident memory, Java heap and speed.
   *
   * @param arguments the number of frames; 200,000 by default
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    long frames = arguments.length > 0 ? Long.parseLong(arguments[0]) : FRAMES;
    Frame[] places = {part(0, 0), part(20, 10), part(40, 20), part(10, 30)};
    Frame nobody = Frame.of(new byte[WIDTH * HEIGHT], PixelFormat.GRAY8, WIDTH, HEIGHT);
    Tally tally = new Tally();
    Semaphore free = new Semaphore(0);
    long start = System.nanoTime();
    try (LiveFramePipeline live = LiveFramePipeline.create(tally)) {
      for (long i = 0; i < WARM_UP + frames; i++) {
        if (i == WARM_UP) {
          print("start", WARM_UP, System.nanoTime() - start);
          start = System.nanoTime();
        }
        boolean empty = i % VISIT < EMPTY;
        Frame frame = empty ? nobody : places[(int) (i / VISIT % places.length)];
        live.submit(frame.withTimestampNanos((i + 1) * FRAME_NANOS), free::release);
        // Paced, so that none is dropped.
        free.acquire();
        long done = i + 1 - WARM_UP;
        if (done > 0 && done % Math.max(1, frames / REPORTS) == 0) {
          print("after", done, System.nanoTime() - start);
        }
      }
      System.out.println(live.counts() + ", frames with a face: " + tally.withFace.get());
      tally.check(WARM_UP + frames);
    }
  }

  /** A view on a larger picture, in which the face is elsewhere. */
  private static Frame part(int x, int y) {
    return Portrait.frame((WIDTH + 40) + "x" + (HEIGHT + 30), 1).view(x, y, WIDTH, HEIGHT);
  }

  /** Counts frames with a face. */
  private static final class Tally implements LiveListener {

    private final AtomicLong withFace = new AtomicLong();

    @Override
    public void onResult(Frame frame, VideoResult result) {
      if (!result.faces().isEmpty()) {
        withFace.incrementAndGet();
      }
    }

    void check(long frames) {
      double share = (double) withFace.get() / frames;
      double expected = 1 - (double) EMPTY / VISIT;
      if (share < expected - 0.1 || share > expected + 0.15) {
        throw new IllegalStateException(
            "expected a face in about %s of the frames, found it in %s".formatted(expected, share));
      }
    }
  }

  private static void print(String moment, long frames, long nanos) throws IOException {
    System.gc();
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    System.out.printf(
        "%s %,d frames: resident %s, Java heap %,d KB, %.1f s%n",
        moment, frames, residentKilobytes(), heap >> 10, nanos / 1e9);
  }

  /** Returns the resident memory of this process; only Linux tells it here. */
  private static String residentKilobytes() throws IOException {
    if (!Files.exists(STATUS)) {
      return "unknown";
    }
    OptionalLong found =
        Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst();
    return found.isPresent() ? "%,d KB".formatted(found.getAsLong()) : "unknown";
  }
}
