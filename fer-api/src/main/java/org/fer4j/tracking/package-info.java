/**
 * Faces over time: which face of a frame is which of the frames before, and where it is while
 * nobody looks.
 */
@NullMarked
package org.fer4j.tracking;

import org.jspecify.annotations.NullMarked;
