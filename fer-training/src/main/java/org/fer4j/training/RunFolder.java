package org.fer4j.training;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fer4j.FerException;

/**
 * The files of one training run. Each is replaced as a whole, so a run that is killed at any moment
 * leaves a folder to resume from:
 *
 * <ul>
 *   <li>{@code recipe.json}: what is computed;
 *   <li>{@code log.csv}: the learning curves, a line for each epoch;
 *   <li>{@code checkpoint.safetensors}: where the run stands, with the optimizer's state;
 *   <li>{@code best.safetensors}: the averaged weights that were most accurate on validation.
 * </ul>
 *
 * <p>A folder is for one trainer at a time; a second one is refused. Immutable and safe for use by
 * many threads.
 *
 * @param path the folder, which is made when first written to
 */
public record RunFolder(Path path) {

  private static final String HEADER =
      "epoch,learning_rate,training_loss,validation_loss,validation_accuracy,images_per_second,seconds";

  static final String RECIPE_FACT = "recipe";

  /** Where a run stands. */
  record Progress(int epoch, int step, double lossSum, double bestAccuracy, int bestEpoch) {

    static Progress start() {
      return new Progress(1, 0, 0, -1, 0);
    }
  }

  /** The whole state of a run. */
  record Checkpoint(
      Progress progress,
      Map<String, Weights.Array> network,
      Map<String, Weights.Array> velocities,
      Map<String, Weights.Array> average) {}

  /** Returns the file of the best weights so far. */
  public Path best() {
    return path.resolve("best.safetensors");
  }

  /** Returns the file of where the run stands. */
  public Path checkpoint() {
    return path.resolve("checkpoint.safetensors");
  }

  /** Returns the file with a line for each epoch. */
  public Path log() {
    return path.resolve("log.csv");
  }

  /** Returns the file of the recipe. */
  public Path recipe() {
    return path.resolve("recipe.json");
  }

  /**
   * Reads the recipe with which weights were trained.
   *
   * @throws FerException if the file is not of a training run
   */
  public static TrainingRecipe recipeOf(Weights weights) {
    return TrainingRecipe.parse(weights.fact(RECIPE_FACT));
  }

  /**
   * Keeps other processes, and other trainers of this one, out of the folder until it is closed.
   *
   * @throws FerException if somebody else trains there
   */
  Lock lock() {
    Path file = path.resolve("lock");
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return new Lock(channel);
        }
      } catch (OverlappingFileLockException e) {
        // Another trainer of this process has it.
      }
      channel.close();
    } catch (IOException e) {
      throw new FerException("%s can't be locked: %s".formatted(file, e), e);
    }
    throw new FerException(
        "another training run is on in %s: wait for its end, or name another folder"
            .formatted(path));
  }

  /** A lock on the folder, which also ends with the process. */
  record Lock(FileChannel channel) implements AutoCloseable {

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new FerException("a lock can't be given back: " + e, e);
      }
    }
  }

  /**
   * Notes the recipe, unless the folder has it.
   *
   * @throws FerException if the folder belongs to a run of another recipe
   */
  void claim(TrainingRecipe recipe) {
    if (Files.exists(recipe())) {
      if (!TrainingRecipe.read(recipe()).equals(recipe)) {
        throw new FerException(
            "%s belongs to a run of another recipe: name another folder, or give its own recipe to resume it"
                .formatted(path));
      }
      return;
    }
    AtomicFiles.write(recipe(), recipe.toJson() + "\n");
  }

  void writeBest(TrainingRecipe recipe, EpochResult result, Map<String, Weights.Array> average) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(RECIPE_FACT, recipe.toJson());
    facts.put("epoch", Integer.toString(result.epoch()));
    facts.put("validation_accuracy", Double.toString(result.validationAccuracy()));
    SafeTensors.write(best(), new Weights(average, facts));
  }

  void writeCheckpoint(TrainingRecipe recipe, Checkpoint checkpoint) {
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    checkpoint.network().forEach((name, array) -> arrays.put("network/" + name, array));
    checkpoint.velocities().forEach((name, array) -> arrays.put("velocity/" + name, array));
    checkpoint.average().forEach((name, array) -> arrays.put("average/" + name, array));
    Progress progress = checkpoint.progress();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(RECIPE_FACT, recipe.toJson());
    facts.put("epoch", Integer.toString(progress.epoch()));
    facts.put("step", Integer.toString(progress.step()));
    facts.put("loss_sum", Double.toString(progress.lossSum()));
    facts.put("best_accuracy", Double.toString(progress.bestAccuracy()));
    facts.put("best_epoch", Integer.toString(progress.bestEpoch()));
    SafeTensors.write(checkpoint(), new Weights(arrays, facts));
  }

  Optional<Checkpoint> readCheckpoint() {
    if (!Files.exists(checkpoint())) {
      return Optional.empty();
    }
    Weights weights = SafeTensors.read(checkpoint());
    Progress progress =
        new Progress(
            Integer.parseInt(weights.fact("epoch")),
            Integer.parseInt(weights.fact("step")),
            Double.parseDouble(weights.fact("loss_sum")),
            Double.parseDouble(weights.fact("best_accuracy")),
            Integer.parseInt(weights.fact("best_epoch")));
    return Optional.of(
        new Checkpoint(
            progress,
            weights.arraysUnder("network/"),
            weights.arraysUnder("velocity/"),
            weights.arraysUnder("average/")));
  }

  /** Adds a line; one of the same or a later epoch, from before a kill, goes. */
  void writeLog(EpochResult result) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    epochs().stream()
        .filter(before -> before.epoch() < result.epoch())
        .map(RunFolder::line)
        .forEach(lines::add);
    lines.add(line(result));
    AtomicFiles.write(log(), String.join("\n", lines) + "\n");
  }

  private static String line(EpochResult result) {
    return String.format(
        Locale.ROOT,
        "%d,%.6f,%.4f,%.4f,%.4f,%.0f,%.1f",
        result.epoch(),
        result.learningRate(),
        result.trainingLoss(),
        result.validationLoss(),
        result.validationAccuracy(),
        result.imagesPerSecond(),
        result.seconds());
  }

  /**
   * Reads how the epochs went that are done; none before the first is.
   *
   * @throws FerException if the log can't be read
   */
  public List<EpochResult> epochs() {
    if (!Files.exists(log())) {
      return List.of();
    }
    List<EpochResult> epochs = new ArrayList<>();
    try {
      double best = -1;
      List<String> lines = Files.readAllLines(log());
      for (String line : lines.subList(1, lines.size())) {
        String[] columns = line.split(",", -1);
        double accuracy = Double.parseDouble(columns[4]);
        epochs.add(
            new EpochResult(
                Integer.parseInt(columns[0]),
                Double.parseDouble(columns[1]),
                Double.parseDouble(columns[2]),
                Double.parseDouble(columns[3]),
                accuracy,
                accuracy > best,
                Double.parseDouble(columns[5]),
                Double.parseDouble(columns[6])));
        best = Math.max(best, accuracy);
      }
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      throw new FerException("%s can't be read: %s".formatted(log(), e.getMessage()), e);
    }
    return epochs;
  }
}
