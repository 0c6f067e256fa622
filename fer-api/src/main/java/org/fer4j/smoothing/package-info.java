/** Steady boxes, points and labels from frames that are each a little off. */
@NullMarked
package org.fer4j.smoothing;

import org.jspecify.annotations.NullMarked;
