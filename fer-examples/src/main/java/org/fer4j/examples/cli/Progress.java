package org.fer4j.examples.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar on standard error, if somebody looks at it: the {@code fer} script sets {@value #PROPERTY}
 * where standard error is a terminal that results are not written to.
 *
 * <p>Confined to one thread.
 */
final class Progress implements AutoCloseable {

  private static final String PROPERTY = "org.fer4j.examples.progress";
  private static final int UPDATE_MILLIS = 200;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** Starts a bar for so many steps. */
  static Progress of(String task, int steps) {
    if (!Boolean.getBoolean(PROPERTY)) {
      return new Progress(null);
    }
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .build());
  }

  void step(int steps) {
    if (bar != null) {
      bar.stepBy(steps);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
