package org.fer4j.examples.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.fer4j.examples.drawing.LearningCurves;
import org.fer4j.training.EpochResult;
import org.fer4j.training.RunFolder;
import org.fer4j.training.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a training run goes: a bar for each epoch where somebody looks, a line after it, and
 * the learning curves as a picture.
 *
 * <p>Confined to the thread that trains.
 */
final class TrainingPrinter implements TrainingListener {

  private final PrintWriter log;
  private final RunFolder folder;
  private final int epochs;

  private @Nullable Progress bar;

  TrainingPrinter(PrintWriter log, RunFolder folder, int epochs) {
    this.log = log;
    this.folder = folder;
    this.epochs = epochs;
  }

  @Override
  public void started(Start start) {
    log.printf(
        Locale.ROOT,
        "%,d parameters, %,d multiply-adds; epoch %d, step %d of %d%n",
        start.parameters(),
        start.multiplyAdds(),
        start.epoch(),
        start.step(),
        start.stepsPerEpoch());
  }

  @Override
  public void stepped(Step step) {
    if (bar == null) {
      bar = Progress.of("Epoch " + step.epoch(), step.stepsPerEpoch());
      bar.step(step.step() - 1);
    }
    bar.step(1);
  }

  @Override
  public void epochEnded(EpochResult result) {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    log.printf(
        Locale.ROOT,
        "epoch %d of %d: loss %.4f, validation %.2f %%%s, %.0f images/s, about %s left%n",
        result.epoch(),
        epochs,
        result.trainingLoss(),
        100 * result.validationAccuracy(),
        result.best() ? " (best)" : "",
        result.imagesPerSecond(),
        hours(Math.round((epochs - result.epoch()) * result.seconds())));
    LearningCurves.draw(folder.epochs(), folder.path().resolve("curves.png"));
  }

  private static String hours(long seconds) {
    return "%d:%02d h".formatted(seconds / 3600, seconds / 60 % 60);
  }
}
