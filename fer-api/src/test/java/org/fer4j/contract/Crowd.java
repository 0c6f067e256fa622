package org.fer4j.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many threads that do the same at the same time. */
public final class Crowd {

  private static final long SECONDS = 60;

  private Crowd() {}

  /** What each of them does. */
  @FunctionalInterface
  public interface Task {

    /**
     * Does it.
     *
     * @param thread from 0 on
     */
    void run(int thread) throws Exception;
  }

  /** Lets all threads begin together, waits for all, and fails if one of them fails. */
  public static void run(int threads, Task task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        ends.add(
            pool.submit(
                () -> {
                  start.await(SECONDS, TimeUnit.SECONDS);
                  task.run(thread);
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        end.get(SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
