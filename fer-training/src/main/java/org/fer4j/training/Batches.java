package org.fer4j.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fer4j.FerException;

/**
 * The batches of a run, made ahead of their use by worker threads. Every batch follows from the
 * seed, the epoch and the step alone, so a resumed run sees what the interrupted one would have
 * seen.
 *
 * <p>Confined to one thread.
 */
final class Batches implements AutoCloseable {

  /** Enough to hide the making of a batch behind the computation on the one before. */
  private static final int AHEAD = 3;

  private final TrainingRecipe recipe;
  private final List<Crop> crops;
  private final ExecutorService workers;

  /**
   * Images and what they show.
   *
   * @param pixels normalised, [count, 1, size, size]
   * @param targets probabilities, [count, 8]
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed from worker to trainer, compared by nobody.
  record Batch(int count, float[] pixels, float[] targets) {}

  Batches(TrainingRecipe recipe, List<Crop> crops, int threads) {
    this.recipe = recipe;
    this.crops = crops;
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "fer4j-augmentation");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Returns the steps of an epoch; what does not fill the last batch is left out of the epoch. */
  int stepsPerEpoch() {
    return Math.max(1, crops.size() / batchSize());
  }

  private int batchSize() {
    return Math.min(recipe.batchSize(), crops.size());
  }

  /** Starts making the batches of an epoch from a step on. */
  Epoch epoch(int epoch, int firstStep) {
    return new Epoch(epoch, firstStep);
  }

  /** The batches of one epoch in their order. */
  final class Epoch {

    private final int epoch;
    private final int[] order;
    private final Deque<Future<Batch>> pending = new ArrayDeque<>();
    private int submitted;

    private Epoch(int epoch, int firstStep) {
      this.epoch = epoch;
      this.order = shuffled(epoch);
      this.submitted = firstStep;
      for (int i = 0; i < AHEAD; i++) {
        submit();
      }
    }

    private void submit() {
      if (submitted < stepsPerEpoch()) {
        int step = submitted++;
        pending.add(workers.submit(() -> make(epoch, order, step)));
      }
    }

    /** Returns the next batch, waiting for it if need be. */
    Batch next() throws InterruptedException {
      Future<Batch> future = pending.remove();
      submit();
      try {
        return future.get();
      } catch (ExecutionException e) {
        throw new FerException("a batch can't be made: " + e.getCause(), e.getCause());
      }
    }
  }

  private int[] shuffled(int epoch) {
    SplittableRandom random = new SplittableRandom(Seeds.mix(recipe.seed(), epoch));
    int[] order = new int[crops.size()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private Batch make(int epoch, int[] order, int step) {
    int count = batchSize();
    int size = recipe.network().inputSize();
    float[] pixels = new float[count * size * size];
    float[] targets = new float[count * Layers.CLASSES];
    for (int i = 0; i < count; i++) {
      int index = order[step * count + i];
      Crop crop = crops.get(index);
      SplittableRandom random = new SplittableRandom(Seeds.mix(recipe.seed(), epoch, index));
      recipe.augmentation().apply(crop.pixels(), size, pixels, i * size * size, random);
      float[] target = crop.distribution().orElseThrow().toArray();
      System.arraycopy(target, 0, targets, i * Layers.CLASSES, Layers.CLASSES);
    }
    Normalization.apply(recipe, pixels);
    return new Batch(count, pixels, targets);
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
