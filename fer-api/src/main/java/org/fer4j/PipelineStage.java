package org.fer4j;

/**
 * What every stage of a pipeline that runs networks can do, beside its work.
 *
 * <p>Confined: one thread may use a stage at a time, but for {@link #describe()}.
 */
public interface PipelineStage extends AutoCloseable {

  /**
   * Tells which networks this stage runs, and on what; by default only its class. Safe for use by
   * many threads, also after {@link #close()}.
   */
  default StageDescription describe() {
    return StageDescription.of(getClass());
  }

  /** Frees native memory; further calls do nothing. */
  @Override
  void close();
}
