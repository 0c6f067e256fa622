/** From image files to results, several at a time and in order. */
@NullMarked
package org.fer4j.examples.analysis;

import org.jspecify.annotations.NullMarked;
