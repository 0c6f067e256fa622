package org.fer4j.examples.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.fer4j.FerException;

/**
 * Does the same work for many inputs, several at a time, each worker with tools of its own, such as
 * networks that only one thread may use. Results come in the order of the inputs, whatever the
 * number of workers, and at most two inputs a worker are under way or waiting for their turn.
 *
 * <p>Confined to one thread, which the results are handed to.
 *
 * @param <W> a worker's tools
 */
public final class OrderedWorkers<W extends AutoCloseable> implements AutoCloseable {

  private static final int INPUTS_PER_WORKER = 2;

  private final BlockingQueue<W> idle;
  private final ExecutorService executor;
  private final int workers;

  /**
   * Makes the tools of all workers.
   *
   * @param tools called once for each worker; what it throws is thrown on
   * @param workers at least 1
   */
  public OrderedWorkers(Supplier<W> tools, int workers) {
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
    this.executor = Executors.newFixedThreadPool(workers);
  }

  /**
   * Works through the inputs and hands over each result as soon as all before it are there.
   *
   * @param inputs taken a few at a time
   * @param work done by a worker
   * @param receiver returns whether it wants more
   * @throws FerException if the work throws; the cause is kept
   */
  public <T, R> void process(Iterator<T> inputs, BiFunction<W, T, R> work, Predicate<R> receiver) {
    Deque<Future<R>> underWay = new ArrayDeque<>();
    try {
      boolean wanted = true;
      while (wanted && (inputs.hasNext() || !underWay.isEmpty())) {
        while (inputs.hasNext() && underWay.size() < workers * INPUTS_PER_WORKER) {
          T input = inputs.next();
          underWay.add(executor.submit(() -> processOne(input, work)));
        }
        wanted = receiver.test(get(underWay.remove()));
      }
    } finally {
      underWay.forEach(unwanted -> unwanted.cancel(false));
    }
  }

  private <T, R> R processOne(T input, BiFunction<W, T, R> work) throws InterruptedException {
    W tools = idle.take();
    try {
      return work.apply(tools, input);
    } finally {
      idle.add(tools);
    }
  }

  private static <R> R get(Future<R> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FerException("The work was interrupted.", e);
    } catch (ExecutionException e) {
      throw new FerException("The work failed: " + e.getCause(), e.getCause());
    }
  }

  /**
   * Waits for what is under way and closes the tools; further calls do nothing.
   *
   * @throws FerException if tools can't be closed, after all others are
   */
  @Override
  public void close() {
    executor.shutdown();
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
    FerException failure = null;
    for (W tools : open) {
      try {
        tools.close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new FerException("A worker's tools can't be closed: " + e.getMessage(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
