package org.fer4j.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fer4j.FerException;
import org.fer4j.Frame;
import org.fer4j.FramePipeline;
import org.fer4j.FrameResult;
import org.fer4j.PixelFormat;
import org.fer4j.contract.Crowd;
import org.fer4j.contract.FakeStages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BulkPipelineTest {

  private static final int ITEMS = 200;

  private final AtomicInteger closed = new AtomicInteger();

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
      assertEquals(0, users.get());
      closed.incrementAndGet();
    }
  }

  private BulkPipeline<Tools> bulk(int workers) {
    return BulkPipeline.of(workers, () -> new Tools(closed));
  }

  private static Iterator<Integer> items(int count) {
    return IntStream.range(0, count).iterator();
  }

  private static void await(Semaphore semaphore) throws InterruptedException {
    assertTrue(semaphore.tryAcquire(60, TimeUnit.SECONDS), "waited in vain");
  }

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("fer4j-bulk")) {
        // Its last task is done, so it is about to end.
        thread.join(TimeUnit.SECONDS.toMillis(60));
        assertFalse(thread.isAlive());
      }
    }
  }

  @Test
  void keepsTheOrderAndClosesEachToolOnce() {
    BulkPipeline<Tools> bulk = bulk(4);
    List<Integer> results = new ArrayList<>();
    Iterator<BulkResult<Integer, Integer>> found = bulk.process(items(ITEMS), Tools::work);
    while (found.hasNext()) {
      BulkResult<Integer, Integer> result = found.next();
      assertEquals(result.item(), result.orElseThrow());
      results.add(result.item());
    }
    bulk.close();
    bulk.close();
    assertEquals(IntStream.range(0, ITEMS).boxed().toList(), results);
    assertEquals(4, closed.get());
  }

  /** The first item ends only when all others are through. */
  @Test
  void unorderedResultsDoNotWaitForASlowItem() {
    Semaphore last = new Semaphore(0);
    List<Integer> results = new ArrayList<>();
    try (BulkPipeline<Tools> bulk = bulk(2)) {
      Iterator<BulkResult<Integer, Integer>> found =
          bulk.processUnordered(
              items(ITEMS),
              (tools, item) -> {
                if (item == 0) {
                  await(last);
                }
                return tools.work(item);
              });
      while (found.hasNext()) {
        BulkResult<Integer, Integer> result = found.next();
        results.add(result.item());
        if (results.size() == ITEMS - 1) {
          last.release();
        }
      }
    }
    assertEquals(0, results.get(ITEMS - 1));
    assertEquals(IntStream.range(0, ITEMS).boxed().toList(), results.stream().sorted().toList());
  }

  @Test
  void takesOnlyAFewItemsAhead() {
    AtomicInteger taken = new AtomicInteger();
    Stream<Integer> source = IntStream.range(0, ITEMS).boxed().peek(i -> taken.incrementAndGet());
    int results = 0;
    try (BulkPipeline<Tools> bulk = bulk(2)) {
      Iterator<BulkResult<Integer, Integer>> found = bulk.process(source.iterator(), Tools::work);
      assertEquals(0, taken.get());
      while (found.hasNext()) {
        BulkResult<Integer, Integer> result = found.next();
        results++;
        // The stream's iterator looks one ahead.
        assertTrue(taken.get() <= result.item() + 8 + 1, taken + " at " + result.item());
      }
    }
    assertEquals(ITEMS, results);
  }

  @Test
  void readsAsManyAtATimeAsThereAreWorkers() {
    AtomicInteger inMemory = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (BulkPipeline<Tools> bulk = bulk(3)) {
      bulk.processUnordered(
              items(ITEMS),
              (tools, item) -> {
                most.accumulateAndGet(inMemory.incrementAndGet(), Math::max);
                int result = tools.work(item);
                inMemory.decrementAndGet();
                return result;
              })
          .forEachRemaining(BulkResult::orElseThrow);
    }
    assertTrue(most.get() <= 3, "at once " + most);
  }

  @Test
  void stopsWhenNoMoreIsWanted() {
    AtomicInteger worked = new AtomicInteger();
    try (BulkPipeline<Tools> bulk = bulk(2)) {
      Iterator<BulkResult<Integer, Integer>> results =
          bulk.process(items(ITEMS), (Tools tools, Integer item) -> worked.incrementAndGet());
      results.next();
    }
    assertTrue(worked.get() <= 8, "worked " + worked);
    assertEquals(2, closed.get());
  }

  @Test
  void aFailureStaysWithItsItem() {
    IOException cause = new IOException("no image");
    Error severe = new StackOverflowError();
    List<BulkResult<Integer, Integer>> results = new ArrayList<>();
    try (BulkPipeline<Tools> bulk = bulk(2)) {
      bulk.process(
              items(6),
              (Tools tools, Integer item) -> {
                if (item == 2) {
                  throw cause;
                }
                if (item == 3) {
                  throw severe;
                }
                return tools.work(item);
              })
          .forEachRemaining(results::add);
    }
    assertEquals(6, results.size());
    assertEquals(Optional.of(cause), results.get(2).failure());
    assertEquals(Optional.of(severe), results.get(3).failure());
    assertEquals(Optional.of(5), results.get(5).result());
    FerException failure = assertThrows(FerException.class, () -> results.get(2).orElseThrow());
    assertEquals("The work failed: java.io.IOException: no image", failure.getMessage());
    assertSame(cause, failure.getCause());
  }

  @Test
  void noResultIsAFailure() {
    try (BulkPipeline<Tools> bulk = bulk(1)) {
      BulkResult<Integer, Object> result = bulk.process(items(1), BulkPipelineTest::nothing).next();
      assertInstanceOf(NullPointerException.class, result.failure().orElseThrow());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new BulkResult<>(1, Optional.empty(), Optional.empty()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new BulkResult<>(1, Optional.of(1), Optional.of(new IOException("both"))));
  }

  @SuppressWarnings("NullAway") // What callers without such checks may do.
  private static Object nothing(Tools tools, int item) {
    return null;
  }

  @Test
  void failureOfTheSourceIsThrown() {
    RuntimeException failure = new IllegalStateException("folder is gone");
    Stream<Integer> source =
        IntStream.range(0, 3)
            .boxed()
            .peek(
                i -> {
                  if (i == 2) {
                    throw failure;
                  }
                });
    try (BulkPipeline<Tools> bulk = bulk(1)) {
      Iterator<BulkResult<Integer, Integer>> found = bulk.process(source.iterator(), Tools::work);
      assertSame(
          failure,
          assertThrows(IllegalStateException.class, () -> found.forEachRemaining(result -> {})));
    }
    assertEquals(1, closed.get());
  }

  @Test
  void withoutItemsThereIsNoResult() {
    try (BulkPipeline<Tools> bulk = bulk(1)) {
      Iterator<BulkResult<Integer, Integer>> none = bulk.process(items(0), Tools::work);
      assertFalse(none.hasNext());
      assertThrows(NoSuchElementException.class, none::next);
    }
  }

  @Test
  void closingCancelsWhatHasNotBegun() throws Exception {
    Semaphore working = new Semaphore(0);
    Semaphore mayEnd = new Semaphore(0);
    Semaphore gone = new Semaphore(0);
    AtomicInteger worked = new AtomicInteger();
    BulkPipeline<Tools> bulk = bulk(1);
    Iterator<BulkResult<Integer, Integer>> results =
        bulk.process(
            items(3),
            (Tools tools, Integer item) -> {
              working.release();
              await(mayEnd);
              return worked.incrementAndGet();
            });
    assertTrue(results.hasNext());
    await(working);
    Thread closer =
        new Thread(
            () -> {
              bulk.close();
              gone.release();
            });
    closer.start();
    // It has cancelled what waits as soon as it waits itself.
    while (closer.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertEquals(0, closed.get());
    mayEnd.release();
    await(gone);
    assertEquals(1, worked.get());
    assertEquals(1, closed.get());
    assertEquals(
        "This BulkPipeline is closed.",
        assertThrows(IllegalStateException.class, () -> drain(results)).getMessage());
    assertThrows(IllegalStateException.class, () -> bulk.process(items(1), Tools::work).hasNext());
  }

  private static void drain(Iterator<?> results) {
    while (results.hasNext()) {
      results.next();
    }
  }

  @Test
  void interruptedReaderKeepsWhatItHas() throws Exception {
    Semaphore mayEnd = new Semaphore(0);
    try (BulkPipeline<Tools> bulk = bulk(1)) {
      Iterator<BulkResult<Integer, Integer>> results =
          bulk.process(
              items(ITEMS),
              (Tools tools, Integer item) -> {
                if (item > 0) {
                  await(mayEnd);
                }
                return tools.work(item);
              });
      assertEquals(0, results.next().orElseThrow());
      Thread.currentThread().interrupt();
      FerException failure = assertThrows(FerException.class, results::next);
      assertEquals("The work was interrupted.", failure.getMessage());
      assertTrue(Thread.interrupted());
      mayEnd.release(ITEMS);
      // Nothing was lost.
      assertEquals(1, results.next().orElseThrow());
      Thread.currentThread().interrupt();
    } finally {
      // Closing waited all the same, and left the interrupt as it was.
      assertTrue(Thread.interrupted());
    }
    assertEquals(1, closed.get());
  }

  @Test
  void manyReadersShareTheWorkers() throws Exception {
    BulkPipeline<Tools> bulk = bulk(3);
    Crowd.run(
        6,
        thread -> {
          List<Integer> results = new ArrayList<>();
          Iterator<BulkResult<Integer, Integer>> found =
              thread % 2 == 0
                  ? bulk.process(items(ITEMS), Tools::work)
                  : bulk.processUnordered(items(ITEMS), Tools::work);
          found.forEachRemaining(result -> results.add(result.orElseThrow()));
          results.sort(null);
          assertEquals(IntStream.range(0, ITEMS).boxed().toList(), results);
        });
    bulk.close();
    assertEquals(3, closed.get());
  }

  /** As an application does it: each worker has a pipeline, which no other thread enters. */
  @Test
  void framePipelinesWorkSideBySide() {
    int faces = 0;
    try (BulkPipeline<FramePipeline> bulk =
        BulkPipeline.of(4, () -> FakeStages.pipeline(frame -> List.of(FakeStages.FACE)))) {
      Iterator<BulkResult<Integer, FrameResult>> results =
          bulk.process(
              items(ITEMS),
              (pipeline, item) ->
                  pipeline.process(Frame.of(new byte[100 * 80], PixelFormat.GRAY8, 100, 80)));
      while (results.hasNext()) {
        faces += results.next().orElseThrow().faces().size();
      }
    }
    assertEquals(ITEMS, faces);
  }

  @Test
  void thereIsAWorkerAtLeast() {
    assertEquals(
        "expected at least 1 worker, found 0",
        assertThrows(IllegalArgumentException.class, () -> bulk(0)).getMessage());
    assertThrows(FerException.class, BulkPipeline::create);
  }

  @Test
  void closesWhatWasMadeWhenTheRestCanNotBe() {
    AtomicInteger made = new AtomicInteger();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            BulkPipeline.of(
                4,
                () -> {
                  if (made.incrementAndGet() == 3) {
                    throw new IllegalArgumentException("no such network");
                  }
                  return new Tools(closed);
                }));
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
    BulkPipeline<BrokenTools> bulk = BulkPipeline.of(3, () -> new BrokenTools(asked));
    FerException failure = assertThrows(FerException.class, bulk::close);
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
                BulkPipeline.of(
                    4,
                    () -> {
                      if (made.incrementAndGet() == 3) {
                        throw cause;
                      }
                      return new BrokenTools(asked);
                    }));
    assertSame(cause, failure);
    assertEquals(2, asked.get());
    assertEquals(1, failure.getSuppressed().length);
  }
}
