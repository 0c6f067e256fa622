/** The command line of {@code ./bench}. */
@NullMarked
package org.fer4j.benchmarks.cli;

import org.jspecify.annotations.NullMarked;
