package org.fer4j.benchmarks;

import java.nio.FloatBuffer;
import java.util.function.ObjIntConsumer;
import org.fer4j.RuntimeDescription;
import org.fer4j.inference.InferenceSession;

/**
 * A session with something else in place of its runs.
 *
 * <p>Confined to one thread.
 */
final class TappedSession implements InferenceSession {

  private final InferenceSession real;
  private final ObjIntConsumer<InferenceSession> run;

  /**
   * Takes over a session.
   *
   * @param run gets the real session and the batch
   */
  TappedSession(InferenceSession real, ObjIntConsumer<InferenceSession> run) {
    this.real = real;
    this.run = run;
  }

  @Override
  public RuntimeDescription runtime() {
    return real.runtime();
  }

  @Override
  public int maxBatch() {
    return real.maxBatch();
  }

  @Override
  public FloatBuffer input() {
    return real.input();
  }

  @Override
  public void run(int batch) {
    run.accept(real, batch);
  }

  @Override
  public FloatBuffer output(int index) {
    return real.output(index);
  }

  @Override
  public void close() {
    real.close();
  }
}
