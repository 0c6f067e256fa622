/** How results are printed. */
@NullMarked
package org.fer4j.examples.output;

import org.jspecify.annotations.NullMarked;
