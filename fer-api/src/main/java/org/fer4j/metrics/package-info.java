/**
 * How often and how fast a pipeline works: {@link org.fer4j.metrics.PipelineMetrics} are read from
 * any thread while it runs, {@link org.fer4j.metrics.LatencyHistogram} counts times in fixed
 * memory.
 */
@NullMarked
package org.fer4j.metrics;

import org.jspecify.annotations.NullMarked;
