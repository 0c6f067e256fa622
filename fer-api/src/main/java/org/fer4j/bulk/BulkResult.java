package org.fer4j.bulk;

import java.util.Optional;
import org.fer4j.FerException;

/**
 * What became of one item: either a result or a failure.
 *
 * <p>Immutable, and safe for use by many threads if item and result are.
 *
 * @param <T> an item
 * @param <R> a result
 * @param item as it was handed in
 * @param result what the work returned
 * @param failure what the work threw
 */
public record BulkResult<T, R>(T item, Optional<R> result, Optional<Throwable> failure) {

  /**
   * Checks that one of both is there.
   *
   * @throws IllegalArgumentException if there are both or none
   */
  public BulkResult {
    if (result.isPresent() == failure.isPresent()) {
      throw new IllegalArgumentException(
          "expected either a result or a failure, found %s and %s".formatted(result, failure));
    }
  }

  /**
   * Returns the result.
   *
   * @throws FerException if the work failed; the cause is kept
   */
  public R orElseThrow() {
    return result.orElseThrow(
        () -> {
          Throwable cause = failure.orElseThrow();
          return new FerException("The work failed: " + cause, cause);
        });
  }
}
