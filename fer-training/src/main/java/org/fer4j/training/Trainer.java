package org.fer4j.training;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * goes on from its last checkpoint and computes what it would have computed, up to rounding.
 * Interrupting the thread ends a run after its current step, with a checkpoint. An application that
 * ends the JVM while a run is on should interrupt it and wait for it first: LibTorch crashes when
 * the process exits under it, which costs no more than the steps since the last checkpoint, but
 * looks bad.
 *
 * <p>Confined to one thread.
 */
public final class Trainer {

  /** So much work is lost at most when the process is killed. */
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMinutes(1);

  /** Enough for the mean and variance of every channel to settle. */
  private static final int IMAGES_FOR_NORMS = 256;

  private final TrainingRecipe recipe;
  private final Optional<Weights> start;
  private final List<TrainedNetwork> teachers;
  private final RunFolder folder;
  private final TrainingListener listener;

  /**
   * Creates a trainer.
   *
   * @param recipe what to compute
   * @param given what the recipe asks for besides images
   * @param folder where the run's files go, or are
   * @param listener hears of each step
   * @throws IllegalArgumentException if something that the recipe asks for is not given, or
   *     something else is
   */
  public Trainer(TrainingRecipe recipe, Given given, RunFolder folder, TrainingListener listener) {
    given.requireWhatIsAskedBy(recipe);
    this.recipe = recipe;
    this.start = given.start().map(TrainedNetwork::folded).or(() -> bundledStart(recipe));
    this.teachers = given.teachers();
    this.folder = folder;
    this.listener = listener;
  }

  /**
   * What a recipe may ask for besides images.
   *
   * <p>Immutable and safe for use by many threads.
   *
   * @param start another network, whose weights are taken wherever name and shape agree; if the
   *     recipe's start is "given"
   * @param teachers if the recipe has a distillation
   */
  public record Given(Optional<TrainedNetwork> start, List<TrainedNetwork> teachers) {

    /** Copies the list. */
    public Given {
      teachers = List.copyOf(teachers);
    }

    /** Returns nothing. */
    public static Given nothing() {
      return new Given(Optional.empty(), List.of());
    }

    private void requireWhatIsAskedBy(TrainingRecipe recipe) {
      boolean starts = recipe.start().equals(TrainingRecipe.GIVEN);
      if (starts != start.isPresent()) {
        throw new IllegalArgumentException(
            "the recipe's start is '%s', but %s given"
                .formatted(recipe.start(), starts ? "no weights are" : "weights are"));
      }
      boolean distills = recipe.distillation().weight() > 0;
      if (distills == teachers.isEmpty()) {
        throw new IllegalArgumentException(
            "the recipe's distillation has a weight of %s, but %s given"
                .formatted(
                    recipe.distillation().weight(), distills ? "no teacher is" : "teachers are"));
      }
    }
  }

  private static Optional<Weights> bundledStart(TrainingRecipe recipe) {
    return recipe.start().equals(TrainingRecipe.RANDOM)
        ? Optional.empty()
        : Optional.of(Backbone.named(recipe.start()));
  }

  /**
   * Starts a run, or goes on with it, and returns when it ends. The best weights are in {@link
   * RunFolder#best()} then.
   *
   * @param training images with a distribution; the others are left out
   * @param validation images with a label; the others are left out
   * @throws IllegalArgumentException if no image of one of them can be used, or one is not of the
   *     network's size
   * @throws FerException if the folder belongs to another run or another trainer is at work there,
   *     can't be written, or the loss is not finite any more
   */
  @SuppressWarnings("try") // The lock works by being held.
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
    try (RunFolder.Lock lock = folder.lock()) {
      folder.claim(recipe);
      LibTorch.load();
      try (Run run = new Run(learnable, measurable)) {
        return run.train();
      }
    }
  }

  /** One call of {@link #train}: everything that has to be closed after it. */
  private final class Run implements AutoCloseable {

    private final List<Crop> validation;
    private final Batches batches;
    private final Teachers taught;
    private final Network network;
    private final GradientDescent optimizer;
    private final MovingAverage average;
    private Progress progress = Progress.start();
    private long checkpointNanos = System.nanoTime();

    Run(List<Crop> training, List<Crop> validation) {
      this.validation = validation;
      batches = new Batches(recipe, training, 1);
      taught = new Teachers(recipe, teachers, training.size());
      Optional<Checkpoint> checkpoint = folder.readCheckpoint();
      network =
          checkpoint.map(Checkpoint::network).map(this::network).orElseGet(() -> start(training));
      optimizer =
          new GradientDescent(network.parameters(), recipe.momentum(), recipe.weightDecay());
      average = new MovingAverage(network.state(), recipe.averageDecay());
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

    private Network network(Map<String, Weights.Array> arrays) {
      return Network.of(recipe.network(), recipe.dropout(), arrays);
    }

    /** The network before its first step. */
    private Network start(List<Crop> training) {
      boolean secondHead = recipe.secondLabelWeight() > 0;
      var random = Network.random(recipe.network(), secondHead, Seeds.mix(recipe.seed()));
      if (start.isEmpty()) {
        return network(random);
      }
      Network network = network(Backbone.over(random, start.get()));
      placeNorms(network, training);
      if (!start.get().arrays().containsKey(Layers.HEAD_WEIGHT)) {
        network.standardizeFeatures();
      }
      return network;
    }

    private void placeNorms(Network network, List<Crop> training) {
      int count = Math.min(training.size(), IMAGES_FOR_NORMS);
      int size = recipe.network().inputSize();
      float[] pixels = new float[count * size * size];
      for (int i = 0; i < count; i++) {
        byte[] crop = training.get((int) ((long) i * training.size() / count)).pixels();
        for (int k = 0; k < crop.length; k++) {
          pixels[i * crop.length + k] = crop[k] & 0xff;
        }
      }
      Normalization.apply(recipe, pixels);
      LibTorch.scopedWithoutGradient(
          () ->
              network.features(
                  Tensor.create(pixels, count, 1, size, size), Network.Pass.PLACING_NORMS));
    }

    private void restore(Checkpoint checkpoint) {
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
        if (!teachers.isEmpty()) {
          taught.teach(batch, recipe.distillation().viewOf(epoch));
        }
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
      LearningCycle cycle = recipe.cycleAt(progress.epoch());
      double[] loss = new double[1];
      LibTorch.scoped(
          () -> {
            Tensor images = Tensor.create(batch.pixels(), batch.count(), 1, size, size);
            Tensor features = network.trainingFeatures(images, cycle);
            Tensor mean = crossEntropy(network.logits(features), batch.targets());
            loss[0] = mean.item_float();
            requireFinite(loss[0]);
            if (recipe.secondLabelWeight() > 0) {
              Tensor second = crossEntropy(network.secondLogits(features), batch.secondTargets());
              mean = mean.add(second, new Scalar(recipe.secondLabelWeight()));
            }
            mean.backward();
          });
      optimizer.step(
          recipe.learningRateAt(step, batches.stepsPerEpoch()),
          network.parametersAfter(cycle.frozenBlocks()));
      average.update(step);
      return loss[0];
    }

    private static Tensor crossEntropy(Tensor logits, float[] targets) {
      long count = logits.size(0);
      Tensor logProbabilities = torch.log_softmax(logits, 1);
      Tensor expected = Tensor.create(targets, count, Layers.CLASSES);
      Tensor sum = torch.sum(torch.mul(expected, logProbabilities));
      return torch.mul(sum, new Scalar(-1.0 / count));
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
      taught.close();
      average.close();
      optimizer.close();
      network.close();
    }
  }
}
