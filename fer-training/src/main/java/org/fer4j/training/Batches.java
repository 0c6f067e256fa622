package org.fer4j.training;

import java.util.ArrayDeque;
import java.util.Arrays;
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
 * recipe, the epoch and the step alone, so a resumed run sees what the interrupted one would have
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
   * @param indices which images these are, counted as they were handed over
   * @param pixels normalised, [count, 1, size, size]
   * @param targets probabilities, [count, 8]
   * @param secondTargets those of the second labels, [count, 8]; zeros where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed from worker to trainer, compared by nobody.
  record Batch(int[] indices, float[] pixels, float[] targets, float[] secondTargets) {

    int count() {
      return indices.length;
    }
  }

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
    Batch batch =
        new Batch(
            Arrays.copyOfRange(order, step * count, (step + 1) * count),
            new float[count * size * size],
            new float[count * Layers.CLASSES],
            new float[count * Layers.CLASSES]);
    int view = recipe.distillation().viewOf(epoch);
    for (int i = 0; i < count; i++) {
      int index = batch.indices[i];
      SplittableRandom random = new SplittableRandom(Seeds.mix(recipe.seed(), view, index));
      double share = recipe.mixup().draw(random);
      add(crops.get(index), share, batch, i, random);
      if (share < 1) {
        add(crops.get(random.nextInt(crops.size())), 1 - share, batch, i, random);
      }
    }
    Normalization.apply(recipe, batch.pixels());
    return batch;
  }

  /** Adds a share of a varied image, and of what it shows, to the image at a place of the batch. */
  private void add(Crop crop, double share, Batch batch, int place, SplittableRandom random) {
    int area = crop.pixels().length;
    float[] image = new float[area];
    recipe.augmentation().apply(crop.pixels(), recipe.network().inputSize(), image, 0, random);
    for (int i = 0; i < area; i++) {
      batch.pixels[place * area + i] += (float) (share * image[i]);
    }
    float[] target = crop.distribution().orElseThrow().toArray();
    for (int i = 0; i < Layers.CLASSES; i++) {
      batch.targets[place * Layers.CLASSES + i] += (float) (share * target[i]);
    }
    crop.secondLabel()
        .ifPresent(
            label ->
                batch.secondTargets[place * Layers.CLASSES + label.ordinal()] += (float) share);
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
