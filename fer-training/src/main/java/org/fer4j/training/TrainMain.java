package org.fer4j.training;

import java.nio.file.Path;
import java.util.Locale;
import org.fer4j.training.data.ExpressionDataset;
import org.fer4j.training.data.Split;

/** Starts or resumes a run: {@code TrainMain DATA RECIPE RUN_FOLDER [THREADS]}. */
public final class TrainMain {

  /** A step takes less than a second. */
  private static final long STOP_MILLIS = 20_000;

  private TrainMain() {}

  /** Runs until the end of training. */
  @SuppressWarnings("SystemOut") // A command.
  public static void main(String[] arguments) {
    TrainingRecipe recipe = TrainingRecipe.read(Path.of(arguments[1]));
    if (arguments.length > 3) {
      LibTorch.useThreads(Integer.parseInt(arguments[3]));
    }
    CropSet training = load(Path.of(arguments[0]), Split.TRAIN, recipe);
    CropSet validation = load(Path.of(arguments[0]), Split.VALID, recipe);
    RunFolder folder = new RunFolder(Path.of(arguments[2]));
    stopBeforeExit(Thread.currentThread());
    System.out.println(new Trainer(recipe, folder, new Printer()).train(training, validation));
  }

  private static void stopBeforeExit(Thread trainer) {
    Thread hook =
        new Thread(
            () -> {
              trainer.interrupt();
              try {
                trainer.join(STOP_MILLIS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static CropSet load(Path data, Split split, TrainingRecipe recipe) {
    try (ExpressionDataset dataset = ExpressionDataset.open(data, split)) {
      CropSet crops = CropSet.ofWholeImages(dataset, recipe.network().inputSize());
      System.out.printf(
          Locale.ROOT,
          "%s: %d images, %d unreadable%n",
          split.label(),
          crops.crops().size(),
          crops.unreadable().size());
      crops.unreadable().forEach(System.out::println);
      return crops;
    }
  }

  private static final class Printer implements TrainingListener {

    @Override
    public void started(Start start) {
      System.out.println(start);
    }

    @Override
    public void stepped(Step step) {
      if (step.step() % 20 == 0) {
        System.out.println(step);
      }
    }

    @Override
    public void epochEnded(EpochResult result) {
      System.out.println(result);
    }
  }
}
