/** Pictures with the results drawn on them. */
@NullMarked
package org.fer4j.examples.drawing;

import org.jspecify.annotations.NullMarked;
