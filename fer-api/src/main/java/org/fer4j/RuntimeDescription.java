package org.fer4j;

import java.util.Optional;

/**
 * What really runs a network.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param backend its name, for example "onnx"
 * @param library which library, in which version
 * @param device in use, never {@link Device#AUTO}
 * @param provider the library's own name for what runs the network
 * @param intraOpThreads threads that one run may use on the CPU
 * @param remark what is not as it was asked for, and why: another device, or a part of the network
 *     that runs on the CPU; empty if there is nothing to remark
 */
public record RuntimeDescription(
    String backend,
    String library,
    Device device,
    String provider,
    int intraOpThreads,
    Optional<String> remark) {

  /** Returns one line. */
  @Override
  public String toString() {
    return "%s (%s) on %s (%s), %d %s%s"
        .formatted(
            backend,
            library,
            device,
            provider,
            intraOpThreads,
            intraOpThreads == 1 ? "thread" : "threads",
            remark.map(text -> "; " + text).orElse(""));
  }
}
