package org.fer4j.training;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fer4j.FerException;

/**
 * The named arrays of a network with a few facts about them in words: what a file of weights holds.
 *
 * <p>Immutable as long as nobody writes to the arrays, which are not copied; then safe for use by
 * many threads.
 *
 * @param arrays by name, in a stable order
 * @param facts by name: the shape of the network, where the training stands, and so on
 */
public record Weights(Map<String, Array> arrays, Map<String, String> facts) {

  /** Keeps the order of both maps. */
  public Weights {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * Values in row-major order (the last index runs fastest).
   *
   * <p>Immutable as long as nobody writes to the arrays, which are not copied; then safe for use by
   * many threads.
   *
   * @param shape sizes, the slowest first; a single number has none
   * @param values as many as the product of the sizes
   */
  @SuppressWarnings("ArrayRecordComponent") // Megabytes: compared by nobody, owned by the record.
  public record Array(long[] shape, float[] values) {

    /**
     * Checks that shape and values agree.
     *
     * @throws IllegalArgumentException if they do not
     */
    public Array {
      long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
      if (count != values.length) {
        throw new IllegalArgumentException(
            "expected %d values for the shape %s, found %d"
                .formatted(count, Arrays.toString(shape), values.length));
      }
    }
  }

  /**
   * Returns an array by its name.
   *
   * @throws FerException if there is none
   */
  public Array array(String name) {
    Array array = arrays.get(name);
    if (array == null) {
      throw new FerException("the weights have no array '%s'".formatted(name));
    }
    return array;
  }

  /**
   * Returns a fact by its name.
   *
   * @throws FerException if there is none
   */
  public String fact(String name) {
    String fact = facts.get(name);
    if (fact == null) {
      throw new FerException("the weights say nothing about '%s'".formatted(name));
    }
    return fact;
  }

  /** Returns the arrays whose names start with the prefix, under the rest of their names. */
  Map<String, Array> arraysUnder(String prefix) {
    Map<String, Array> found = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), array);
          }
        });
    return found;
  }
}
