package org.fer4j;

/**
 * How a backend runs its networks.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param intraOpThreads threads that one run of a network may use on the CPU, at least 1. One is
 *     best for the small networks here: use more workers, not more threads, to use more cores
 * @param spinning whether idle intra-op threads burn their core while they wait; off costs no
 *     latency at one thread
 * @param device what runs the networks
 * @param deviceIndex which of several devices of a kind, from 0 on; the CPU, CoreML and OpenVINO
 *     have one only
 */
public record RuntimeOptions(int intraOpThreads, boolean spinning, Device device, int deviceIndex) {

  private static final RuntimeOptions DEFAULTS = new RuntimeOptions(1, false, Device.CPU, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public RuntimeOptions {
    if (intraOpThreads < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 intra-op thread, found " + intraOpThreads);
    }
    if (deviceIndex < 0) {
      throw new IllegalArgumentException("expected a device from 0 on, found " + deviceIndex);
    }
  }

  /** Returns one thread without spinning, on the CPU. */
  public static RuntimeOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these options with another number of threads. */
  public RuntimeOptions withIntraOpThreads(int threads) {
    return new RuntimeOptions(threads, spinning, device, deviceIndex);
  }

  /** Returns these options with spinning on or off. */
  public RuntimeOptions withSpinning(boolean spin) {
    return new RuntimeOptions(intraOpThreads, spin, device, deviceIndex);
  }

  /** Returns these options with another device, the first of its kind. */
  public RuntimeOptions withDevice(Device wanted) {
    return withDevice(wanted, 0);
  }

  /** Returns these options with another device, the one at an index among those of its kind. */
  public RuntimeOptions withDevice(Device wanted, int index) {
    return new RuntimeOptions(intraOpThreads, spinning, wanted, index);
  }
}
