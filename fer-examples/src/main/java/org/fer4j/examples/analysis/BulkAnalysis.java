package org.fer4j.examples.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.fer4j.FerException;
import org.fer4j.examples.drawing.AnnotationFolder;
import org.fer4j.examples.image.ImageFile;

/**
 * Analyses many images, several at a time, each worker with its own networks. Results come in the
 * order of the files, whatever the number of workers, and at most two images a worker are under way
 * or waiting for their turn.
 *
 * <p>Confined to one thread, which the results are handed to.
 */
public final class BulkAnalysis implements AutoCloseable {

  private static final int IMAGES_PER_WORKER = 2;

  private final BlockingQueue<ImageAnalyzer> analyzers;
  private final ExecutorService executor;
  private final int workers;

  /**
   * Opens the networks of all workers.
   *
   * @param annotations where pictures are drawn, if they are asked for
   * @param workers at least 1
   * @throws IllegalArgumentException if a network is named that there is not
   * @throws FerException if a network can't be loaded
   */
  public BulkAnalysis(Networks networks, Optional<AnnotationFolder> annotations, int workers) {
    this.workers = workers;
    this.analyzers = new ArrayBlockingQueue<>(workers);
    try {
      for (int i = 0; i < workers; i++) {
        analyzers.add(new ImageAnalyzer(networks.open(), annotations, System::nanoTime));
      }
    } catch (RuntimeException | Error e) {
      closeAnalyzers();
      throw e;
    }
    this.executor = Executors.newFixedThreadPool(workers);
  }

  /**
   * Analyses the files and hands over each result as soon as all before it are there.
   *
   * @param receiver returns whether it wants more
   */
  public void analyze(List<ImageFile> files, Predicate<ImageResult> receiver) {
    Deque<Future<ImageResult>> underWay = new ArrayDeque<>();
    int next = 0;
    boolean wanted = true;
    while (wanted && (next < files.size() || !underWay.isEmpty())) {
      while (next < files.size() && underWay.size() < workers * IMAGES_PER_WORKER) {
        ImageFile file = files.get(next++);
        underWay.add(executor.submit(() -> analyzeOne(file)));
      }
      wanted = receiver.test(get(underWay.remove()));
    }
    for (Future<ImageResult> unwanted : underWay) {
      unwanted.cancel(false);
    }
  }

  private ImageResult analyzeOne(ImageFile file) throws InterruptedException {
    ImageAnalyzer analyzer = analyzers.take();
    try {
      return analyzer.analyze(file);
    } finally {
      analyzers.add(analyzer);
    }
  }

  private static ImageResult get(Future<ImageResult> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FerException("The analysis was interrupted.", e);
    } catch (ExecutionException e) {
      throw new FerException("The analysis failed: " + e.getCause(), e);
    }
  }

  /** Waits for what is under way and frees the networks; further calls do nothing. */
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
    closeAnalyzers();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeAnalyzers() {
    List<ImageAnalyzer> open = new ArrayList<>();
    analyzers.drainTo(open);
    open.forEach(ImageAnalyzer::close);
  }
}
