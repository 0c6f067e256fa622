/** From image files to results. */
@NullMarked
package org.fer4j.examples.analysis;

import org.jspecify.annotations.NullMarked;
