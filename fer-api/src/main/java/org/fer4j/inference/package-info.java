/**
 * The networks themselves, but for the running: what goes in, what comes out and what it means. A
 * backend supplies an {@link org.fer4j.inference.InferenceEngine} and gets detectors and
 * classifiers that work like everybody else's.
 */
@NullMarked
package org.fer4j.inference;

import org.jspecify.annotations.NullMarked;
