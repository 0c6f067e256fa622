package org.fer4j;

import java.util.List;

/**
 * What a stage of a pipeline is made of.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param name by which a backend opens it, or the class of one that the caller wrote
 * @param networks that it runs; empty if it tells none
 */
public record StageDescription(String name, List<NetworkDescription> networks) {

  /** Copies the list. */
  public StageDescription {
    networks = List.copyOf(networks);
  }

  /** Describes a stage of which only the class is known. */
  public static StageDescription of(Class<?> type) {
    return new StageDescription(type.getName(), List.of());
  }

  /** Returns the name, and a line for each network. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    networks.forEach(network -> text.append("\n  ").append(network));
    return text.toString();
  }
}
