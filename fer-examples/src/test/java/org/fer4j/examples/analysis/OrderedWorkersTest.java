package org.fer4j.examples.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.fer4j.FerException;
import org.junit.jupiter.api.Test;

class OrderedWorkersTest {

  private static final int INPUTS = 200;

  /** Notices when two threads use it at once. */
  private static final class Tools implements AutoCloseable {
    private final AtomicInteger users = new AtomicInteger();
    private final AtomicInteger closed;

    Tools(AtomicInteger closed) {
      this.closed = closed;
    }

    int work(int input) {
      assertEquals(1, users.incrementAndGet());
      if (input % 5 == 0) {
        // Some take longer than others.
        LockSupport.parkNanos(100_000);
      }
      users.decrementAndGet();
      return input;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void keepsTheOrderAndClosesEachToolOnce() {
    AtomicInteger closed = new AtomicInteger();
    List<Integer> inputs = IntStream.range(0, INPUTS).boxed().toList();
    List<Integer> results = new ArrayList<>();
    OrderedWorkers<Tools> workers = new OrderedWorkers<>(() -> new Tools(closed), 4);
    workers.process(inputs.iterator(), Tools::work, results::add);
    workers.close();
    workers.close();
    assertEquals(inputs, results);
    assertEquals(4, closed.get());
  }

  @Test
  void takesOnlyAFewInputsAhead() {
    AtomicInteger taken = new AtomicInteger();
    try (OrderedWorkers<Tools> workers =
        new OrderedWorkers<>(() -> new Tools(new AtomicInteger()), 2)) {
      workers.process(
          IntStream.range(0, INPUTS).peek(i -> taken.incrementAndGet()).iterator(),
          Tools::work,
          result -> {
            // The stream's iterator looks one ahead.
            assertTrue(taken.get() <= result + 4 + 1, taken + " at " + result);
            return true;
          });
    }
  }

  @Test
  void stopsWhenNoMoreIsWanted() {
    AtomicInteger worked = new AtomicInteger();
    try (OrderedWorkers<Tools> workers =
        new OrderedWorkers<>(() -> new Tools(new AtomicInteger()), 2)) {
      workers.process(
          IntStream.range(0, INPUTS).iterator(),
          (tools, input) -> worked.incrementAndGet(),
          result -> false);
    }
    assertTrue(worked.get() <= 4, "worked " + worked);
  }

  @Test
  void throwsWhatTheWorkThrew() {
    try (OrderedWorkers<Tools> workers =
        new OrderedWorkers<>(() -> new Tools(new AtomicInteger()), 2)) {
      IllegalStateException cause = new IllegalStateException("broken");
      FerException failure =
          assertThrows(
              FerException.class,
              () ->
                  workers.process(
                      List.of(1, 2, 3).iterator(),
                      (tools, input) -> {
                        throw cause;
                      },
                      result -> true));
      assertEquals(cause, failure.getCause());
    }
  }

  @Test
  void closesWhatWasMadeWhenTheRestCanNotBe() {
    AtomicInteger closed = new AtomicInteger();
    AtomicInteger made = new AtomicInteger();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new OrderedWorkers<>(
                () -> {
                  if (made.incrementAndGet() == 3) {
                    throw new IllegalArgumentException("no such network");
                  }
                  return new Tools(closed);
                },
                4));
    assertEquals(2, closed.get());
  }

  /** Can't be closed. */
  private static final class BrokenTools implements AutoCloseable {
    private final AtomicInteger asked;

    BrokenTools(AtomicInteger asked) {
      this.asked = asked;
    }

    @Override
    public void close() {
      throw new IllegalStateException("broken " + asked.incrementAndGet());
    }
  }

  @Test
  void closesAllToolsWhenOneCanNotBe() {
    AtomicInteger asked = new AtomicInteger();
    OrderedWorkers<BrokenTools> workers = new OrderedWorkers<>(() -> new BrokenTools(asked), 3);
    FerException failure = assertThrows(FerException.class, workers::close);
    assertEquals(3, asked.get());
    assertEquals("A worker's tools can't be closed: broken 1", failure.getMessage());
    assertEquals(2, failure.getSuppressed().length);
  }

  @Test
  void toolsThatCanNotBeClosedDoNotHideWhyTheRestCanNotBeMade() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger made = new AtomicInteger();
    IllegalArgumentException cause = new IllegalArgumentException("no such network");
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new OrderedWorkers<>(
                    () -> {
                      if (made.incrementAndGet() == 3) {
                        throw cause;
                      }
                      return new BrokenTools(asked);
                    },
                    4));
    assertSame(cause, failure);
    assertEquals(2, asked.get());
    assertEquals(1, failure.getSuppressed().length);
  }
}
