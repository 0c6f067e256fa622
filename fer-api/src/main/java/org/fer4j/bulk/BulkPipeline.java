package org.fer4j.bulk;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.fer4j.FerException;
import org.fer4j.FramePipeline;
import org.fer4j.internal.Resources;

/**
 * Does the same work for many items over all cores, each worker with tools of its own that only one
 * thread may use at a time, such as a {@link FramePipeline}.
 *
 * <pre>{@code
 * try (BulkPipeline<FramePipeline> bulk = BulkPipeline.create();
 *     Stream<Path> photos = Files.walk(folder).filter(path -> path.toString().endsWith(".jpg"))) {
 *   Iterator<BulkResult<Path, FrameResult>> results =
 *       bulk.process(
 *           photos.iterator(),
 *           (pipeline, path) -> pipeline.process(Frame.of(ImageIO.read(path.toFile()))));
 *   while (results.hasNext()) {
 *     BulkResult<Path, FrameResult> photo = results.next();
 *     photo.result().ifPresent(found -> System.out.println(photo.item() + " " + found.faces()));
 *     photo.failure().ifPresent(e -> System.err.println(photo.item() + " " + e));
 *   }
 * }
 * }</pre>
 *
 * <p><b>What is done when.</b> Nothing happens until results are asked for. Then items are taken
 * ahead, at most four a worker that are under way or whose results wait for their turn. Read and
 * decode in the work, as above: only as many images as there are workers are in memory then,
 * however many there are in all, and one that can't be read is one {@linkplain BulkResult#failure
 * failed result}, not the end. Items are taken, and results received, by the thread that iterates;
 * what the source of the items throws is thrown to it.
 *
 * <p>Whoever stops iterating leaves what is under way to its end; {@link #close()} cancels what has
 * not begun. An iterating thread that is interrupted gets a {@link FerException}; the results
 * before are its own already.
 *
 * <p>Faces of several images are not put together into one batch: with {@code fer-fast} a batch of
 * eight took 3 % less processor time a face than eight batches of one, with {@code fer-accurate} 12
 * % (one thread, AMD EPYC with AVX2), and most of a photograph's time goes into finding its faces.
 *
 * <p>Safe for use by many threads, which share the workers; each iterator is confined to one
 * thread. The work must not close the pipeline.
 *
 * @param <W> a worker's tools
 */
public final class BulkPipeline<W extends AutoCloseable> implements AutoCloseable {

  private static final int ITEMS_PER_WORKER = 4;

  private final int workers;
  private final BlockingQueue<W> idle;
  private final ThreadPoolExecutor executor;

  /**
   * What is done with each item.
   *
   * <p>Called by several threads at a time, each with other tools.
   *
   * @param <W> a worker's tools
   * @param <T> an item
   * @param <R> a result
   */
  @FunctionalInterface
  public interface Work<W, T, R> {

    /**
     * Does the work.
     *
     * @param tools for this thread alone until this returns
     * @return never null
     * @throws Exception becomes the item's failure
     */
    R apply(W tools, T item) throws Exception;
  }

  private BulkPipeline(int workers, Supplier<? extends W> tools) {
    if (workers < 1) {
      throw new IllegalArgumentException("expected at least 1 worker, found " + workers);
    }
    this.workers = workers;
    this.idle = new ArrayBlockingQueue<>(workers);
    try {
      for (int i = 0; i < workers; i++) {
        idle.add(tools.get());
      }
    } catch (RuntimeException | Error e) {
      try {
        closeTools();
      } catch (FerException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    AtomicInteger number = new AtomicInteger();
    this.executor =
        new ThreadPoolExecutor(
            workers,
            workers,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "fer4j-bulk-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            (task, closed) -> {
              throw closedFailure();
            });
  }

  /**
   * Opens the preferred backend's networks for photographs, once for each core.
   *
   * @throws FerException if there is no backend, or its networks can't be loaded
   */
  public static BulkPipeline<FramePipeline> create() {
    return of(Runtime.getRuntime().availableProcessors(), FramePipeline::create);
  }

  /**
   * Makes the tools of all workers, which {@link #close()} closes.
   *
   * @param workers at least 1
   * @param tools called once for each worker; what it throws is thrown on
   * @throws IllegalArgumentException if there are fewer workers
   */
  public static <W extends AutoCloseable> BulkPipeline<W> of(
      int workers, Supplier<? extends W> tools) {
    return new BulkPipeline<>(workers, tools);
  }

  /**
   * Works through items and gives their results in the order of the items.
   *
   * @param items taken a few at a time
   * @return results that are worked out while they are asked for; it throws {@link
   *     IllegalStateException} for what {@link #close()} has cancelled
   */
  public <T, R> Iterator<BulkResult<T, R>> process(
      Iterator<? extends T> items, Work<? super W, ? super T, ? extends R> work) {
    return new Results<>(items, work, true);
  }

  /**
   * Works through items and gives each result as soon as it is there, in any order: no worker waits
   * behind an item that takes long.
   *
   * @param items as in {@link #process}
   * @return as in {@link #process}
   */
  public <T, R> Iterator<BulkResult<T, R>> processUnordered(
      Iterator<? extends T> items, Work<? super W, ? super T, ? extends R> work) {
    return new Results<>(items, work, false);
  }

  /** The results of some items, and what is under way. */
  private final class Results<T, R> implements Iterator<BulkResult<T, R>> {

    private final Iterator<? extends T> items;
    private final Work<? super W, ? super T, ? extends R> work;
    private final boolean ordered;

    /** In the order of the items those that were begun, or else those that are done. */
    private final BlockingQueue<Task> turns = new LinkedBlockingQueue<>();

    private int underWay;

    Results(
        Iterator<? extends T> items,
        Work<? super W, ? super T, ? extends R> work,
        boolean ordered) {
      this.items = items;
      this.work = work;
      this.ordered = ordered;
    }

    private final class Task extends FutureTask<R> {

      private final T item;

      Task(T item) {
        super(() -> processOne(item, work));
        this.item = item;
      }

      @Override
      protected void done() {
        if (!ordered) {
          turns.add(this);
        }
      }
    }

    @Override
    public boolean hasNext() {
      while (underWay < workers * ITEMS_PER_WORKER && items.hasNext()) {
        Task task = new Task(items.next());
        executor.execute(task);
        underWay++;
        if (ordered) {
          turns.add(task);
        }
      }
      return underWay > 0;
    }

    @Override
    public BulkResult<T, R> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("All results were taken.");
      }
      try {
        // In order, the turn is taken only when its result is there: an interrupt loses none.
        Task task = ordered ? turns.element() : turns.take();
        BulkResult<T, R> result = result(task.item, task);
        if (ordered) {
          turns.remove();
        }
        underWay--;
        return result;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FerException("The work was interrupted.", e);
      }
    }

    private BulkResult<T, R> result(T item, Future<R> task) throws InterruptedException {
      try {
        return new BulkResult<>(item, Optional.of(task.get()), Optional.empty());
      } catch (CancellationException e) {
        throw closedFailure();
      } catch (ExecutionException e) {
        return new BulkResult<>(item, Optional.empty(), Optional.of(cause(e)));
      }
    }
  }

  private static Throwable cause(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }

  private <T, R> R processOne(T item, Work<? super W, ? super T, ? extends R> work)
      throws Exception {
    W tools = idle.take();
    try {
      return Objects.requireNonNull(work.apply(tools, item), "The work returned null.");
    } finally {
      idle.add(tools);
    }
  }

  private static IllegalStateException closedFailure() {
    return new IllegalStateException("This BulkPipeline is closed.");
  }

  /**
   * Cancels what has not begun, waits for what is in work, one item for each worker, and closes the
   * tools; further calls do nothing.
   *
   * @throws FerException if tools can't be closed, after all others are
   */
  @Override
  public void close() {
    executor.shutdown();
    // They stay in the queue, where they do nothing: a worker that had seen one there would wait
    // for
    // it forever.
    executor.getQueue().forEach(task -> ((Future<?>) task).cancel(false));
    boolean interrupted = false;
    while (!executor.isTerminated()) {
      try {
        executor.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    closeTools();
  }

  private void closeTools() {
    List<W> open = new ArrayList<>();
    idle.drainTo(open);
    Resources.closeAll(open, "A worker's tools can't be closed");
  }
}
