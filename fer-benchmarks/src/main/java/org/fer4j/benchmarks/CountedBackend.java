package org.fer4j.benchmarks;

import java.util.concurrent.atomic.LongAdder;
import org.fer4j.inference.InferenceEngine;
import org.fer4j.inference.NetworkBackend;
import org.fer4j.model.ModelManifest;
import org.fer4j.onnx.OnnxBackend;

/**
 * The ONNX Runtime backend with the same networks, which counts their runs. It has to be asked for
 * by name.
 *
 * <p>Safe for use by many threads.
 */
public final class CountedBackend extends NetworkBackend {

  static final String NAME = "onnx-counted";

  private static final OnnxBackend REAL = new OnnxBackend();
  private static final LongAdder RUNS = new LongAdder();

  /** Creates the backend; nothing is loaded. */
  public CountedBackend() {
    super(
        NAME,
        Integer.MIN_VALUE,
        OnnxBackend.class,
        REAL.models().stream().map(ModelManifest::name).toList());
  }

  /** Returns the runs of all networks that this JVM opened with such a backend. */
  static long runs() {
    return RUNS.sum();
  }

  @Override
  protected InferenceEngine engine() {
    InferenceEngine real = REAL.engine();
    return (model, outputs, maxBatch, options) ->
        new TappedSession(
            real.open(model, outputs, maxBatch, options),
            (session, batch) -> {
              RUNS.increment();
              session.run(batch);
            });
  }
}
