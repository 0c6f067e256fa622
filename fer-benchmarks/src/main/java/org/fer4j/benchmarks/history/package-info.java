/** What was measured at which commit, on which machine: kept, compared, drawn and told. */
@NullMarked
package org.fer4j.benchmarks.history;

import org.jspecify.annotations.NullMarked;
