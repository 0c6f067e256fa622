/** Benchmarks; each checks the answer that it measures. */
@NullMarked
package org.fer4j.benchmarks;

import org.jspecify.annotations.NullMarked;
