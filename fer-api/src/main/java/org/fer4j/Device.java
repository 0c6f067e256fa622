package org.fer4j;

import java.util.Locale;

/**
 * What runs a network. One that is named is used or refused with a {@link FerException}, never
 * replaced silently; {@link #AUTO} may fall back to the CPU and says so.
 *
 * <p>Immutable and safe for use by many threads.
 */
public enum Device {
  /** The processor: always there, and fast for the networks that fer4j bundles. */
  CPU("CPU"),

  /** A GPU of NVIDIA's. */
  CUDA("CUDA"),

  /**
   * A GPU of NVIDIA's with TensorRT, which compiles a network when it is first run, again for each
   * number of faces: seconds to minutes each.
   */
  TENSORRT("TensorRT"),

  /** Apple's GPU and Neural Engine, which may compute with half precision. */
  COREML("CoreML"),

  /** Any GPU on Windows. */
  DIRECTML("DirectML"),

  /** Intel's processors, GPUs and NPUs. */
  OPENVINO("OpenVINO"),

  /**
   * {@link #CUDA} if it can be used, else {@link #CPU}: with a warning, and with the reason in
   * {@link RuntimeDescription#remark()}.
   */
  AUTO("AUTO");

  private final String title;

  Device(String title) {
    this.title = title;
  }

  /** Returns the stable lower-case name, for example "cuda". */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the name as its makers write it, for messages. */
  @Override
  public String toString() {
    return title;
  }
}
