package org.fer4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limit is half of what a stop that nobody answers takes. */
@Timeout(10)
class StopBeforeExitTest {

  /** Ends as {@code fer} does, by System.exit in the thread that worked. */
  static final class Finished {

    private Finished() {}

    public static void main(String[] args) {
      System.exit(StopBeforeExit.during(() -> 4));
    }
  }

  /** Is asked to end while it works, and exits with a status of its own once it has stopped. */
  static final class Interrupted {

    private Interrupted() {}

    public static void main(String[] args) {
      System.exit(
          StopBeforeExit.during(
              () -> {
                new Thread(() -> System.exit(3)).start();
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  return 0;
                }
                return 1;
              }));
    }
  }

  @Test
  void aFinishedProcessEndsAtOnce() throws IOException, InterruptedException {
    assertEquals(4, exitStatus(Finished.class));
  }

  @Test
  void aProcessThatIsAskedToEndStopsItsWorkAndEnds() throws IOException, InterruptedException {
    assertEquals(3, exitStatus(Interrupted.class));
  }

  @Test
  void waitsUntilTheWorkHasStopped() throws InterruptedException {
    boolean interrupted = false;
    StopBeforeExit work = new StopBeforeExit();
    Thread end = new Thread(work::stopAndWait);
    end.start();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    assertTrue(end.isAlive());
    work.close();
    end.join();
    assertTrue(interrupted);
  }

  @Test
  void leavesAloneWhatComesAfterTheWork() {
    StopBeforeExit work = new StopBeforeExit();
    work.close();
    work.close();
    work.stopAndWait();
    assertFalse(Thread.interrupted());
  }

  private static int exitStatus(Class<?> main) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target", "classes")
                    + System.getProperty("path.separator")
                    + Path.of("target", "test-classes"),
                main.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertTrue(process.waitFor(9, TimeUnit.SECONDS), "still running");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
