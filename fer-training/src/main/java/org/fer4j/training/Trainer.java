package org.fer4j.training;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.fer4j.FerException;
import org.fer4j.training.RunFolder.Checkpoint;
import org.fer4j.training.RunFolder.Progress;
import org.fer4j.training.TrainingResult.End;

/**
 * Trains a network by a recipe: cross entropy with the annotators' distribution, stochastic
 * gradient descent, a moving average of the weights that is measured on validation after each
 * epoch.
 *
 * <p>A run may be killed at any moment: called again with the same recipe, images and folder, it
 * goes on from its last checkpoint and computes what it would have computed. Interrupting the
 * thread ends a run after its current step, with a checkpoint. An application that ends the JVM
 * while a run is on should interrupt it and wait for it first: LibTorch crashes when the process
 * exits under it, which costs no more than the steps since the last checkpoint, but looks bad.
 *
 * <p>Confined to one thread.
 */
public final class Trainer {

  /** So much work is lost at most when the process is killed. */
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMinutes(1);

  private final TrainingRecipe recipe;
  private final RunFolder folder;
  private final TrainingListener listener;

  /**
   * Creates a trainer.
   *
   * @param recipe what to compute
   * @param folder where the run's files go, or are
   * @param listener hears of each step
   */
  public Trainer(TrainingRecipe recipe, RunFolder folder, TrainingListener listener) {
    this.recipe = recipe;
    this.folder = folder;
    this.listener = listener;
  }

  /**
   * Starts a run, or goes on with it, and returns when it ends. The best weights are in {@link
   * RunFolder#best()} then.
   *
   * @param training images with a distribution; the others are left out
   * @param validation images with a label; the others are left out
   * @throws IllegalArgumentException if no image of one of them can be used, or one is not of the
   *     network's size
   * @throws FerException if the folder belongs to another run, can't be written, or the loss is not
   *     finite any more
   */
  public TrainingResult train(CropSet training, CropSet validation) {
    List<Crop> learnable = training.learnable();
    List<Crop> measurable = validation.measurable();
    if (learnable.size() < 2 || measurable.isEmpty()) {
      throw new IllegalArgumentException(
          "expected at least 2 images to train on and 1 to validate on, found %d and %d"
              .formatted(learnable.size(), measurable.size()));
    }
    Crop.requireSide(learnable, recipe.network().inputSize());
    Crop.requireSide(measurable, recipe.network().inputSize());
    folder.claim(recipe);
    LibTorch.load();
    try (Run run = new Run(learnable, measurable)) {
      return run.train();
    }
  }

  /** One call of {@link #train}: everything that has to be closed after it. */
  private final class Run implements AutoCloseable {

    private final List<Crop> validation;
    private final Batches batches;
    private final ResidualNetwork network;
    private final GradientDescent optimizer;
    private final MovingAverage average;
    private Progress progress = Progress.start();
    private long checkpointNanos = System.nanoTime();

    Run(List<Crop> training, List<Crop> validation) {
      this.validation = validation;
      batches = new Batches(recipe, training, 1);
      network =
          ResidualNetwork.random(recipe.network(), recipe.dropout(), Seeds.mix(recipe.seed()));
      optimizer =
          new GradientDescent(network.parameters(), recipe.momentum(), recipe.weightDecay());
      average = new MovingAverage(network.state(), recipe.averageDecay());
      Optional<Checkpoint> checkpoint = folder.readCheckpoint();
      checkpoint.ifPresent(this::restore);
      listener.started(
          new TrainingListener.Start(
              training.size(),
              validation.size(),
              batches.stepsPerEpoch(),
              recipe.network().parameters(),
              recipe.network().multiplyAdds(),
              progress.epoch(),
              progress.step()));
    }

    private void restore(Checkpoint checkpoint) {
      LibTorch.restore(network.state(), checkpoint.network());
      optimizer.restore(checkpoint.velocities());
      average.restore(checkpoint.average());
      progress = checkpoint.progress();
    }

    TrainingResult train() {
      while (progress.epoch() <= recipe.epochs()) {
        if (isOutOfPatience()) {
          return end(End.STOPPED_EARLY);
        }
        try {
          trainEpoch();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          checkpoint();
          return end(End.INTERRUPTED);
        }
      }
      return end(End.FINISHED);
    }

    private boolean isOutOfPatience() {
      return progress.epoch() - 1 - progress.bestEpoch() >= recipe.patienceEpochs();
    }

    private TrainingResult end(End end) {
      return new TrainingResult(end, progress.bestEpoch(), progress.bestAccuracy());
    }

    private void trainEpoch() throws InterruptedException {
      int epoch = progress.epoch();
      int first = progress.step();
      int steps = batches.stepsPerEpoch();
      long startNanos = System.nanoTime();
      long images = 0;
      Batches.Epoch source = batches.epoch(epoch, first);
      for (int step = first; step < steps; step++) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        Batches.Batch batch = source.next();
        double loss = step(batch, (epoch - 1L) * steps + step);
        images += batch.count();
        progress =
            new Progress(
                epoch,
                step + 1,
                progress.lossSum() + loss,
                progress.bestAccuracy(),
                progress.bestEpoch());
        listener.stepped(new TrainingListener.Step(epoch, step + 1, steps, loss));
        if (System.nanoTime() - checkpointNanos > CHECKPOINT_INTERVAL.toNanos()) {
          checkpoint();
        }
      }
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      measure(images / seconds, seconds);
    }

    private double step(Batches.Batch batch, long step) {
      int size = recipe.network().inputSize();
      // Dropout draws from LibTorch's own generator: tied to the step, it needs no state.
      torch.manual_seed(Seeds.mix(recipe.seed(), step));
      double[] loss = new double[1];
      LibTorch.scoped(
          () -> {
            Tensor images = Tensor.create(batch.pixels(), batch.count(), 1, size, size);
            Tensor targets = Tensor.create(batch.targets(), batch.count(), Layers.CLASSES);
            Tensor logProbabilities = torch.log_softmax(network.forward(images, true), 1);
            Tensor sum = torch.sum(torch.mul(targets, logProbabilities));
            Tensor mean = torch.mul(sum, new Scalar(-1.0 / batch.count()));
            loss[0] = mean.item_float();
            requireFinite(loss[0]);
            mean.backward();
          });
      optimizer.step(recipe.learningRateAt(step, batches.stepsPerEpoch()));
      average.update(step);
      return loss[0];
    }

    private void requireFinite(double loss) {
      if (!Double.isFinite(loss)) {
        throw new FerException(
            "the loss became %s in epoch %d: a smaller learningRate or a longer warm-up helps"
                .formatted(loss, progress.epoch()));
      }
    }

    private void measure(double imagesPerSecond, double seconds) {
      int epoch = progress.epoch();
      int steps = batches.stepsPerEpoch();
      var arrays = average.arrays();
      Measurement measurement = Measurement.of(recipe, arrays, validation);
      boolean best = measurement.accuracy() > progress.bestAccuracy();
      EpochResult result =
          new EpochResult(
              epoch,
              recipe.learningRateAt((long) epoch * steps - 1, steps),
              progress.lossSum() / steps,
              measurement.loss(),
              measurement.accuracy(),
              best,
              imagesPerSecond,
              seconds);
      if (best) {
        folder.writeBest(recipe, result, arrays);
      }
      folder.writeLog(result);
      progress =
          new Progress(
              epoch + 1,
              0,
              0,
              best ? measurement.accuracy() : progress.bestAccuracy(),
              best ? epoch : progress.bestEpoch());
      checkpoint();
      listener.epochEnded(result);
    }

    private void checkpoint() {
      folder.writeCheckpoint(
          recipe, new Checkpoint(progress, network.arrays(), optimizer.arrays(), average.arrays()));
      checkpointNanos = System.nanoTime();
    }

    @Override
    public void close() {
      batches.close();
      average.close();
      optimizer.close();
      network.close();
    }
  }
}
