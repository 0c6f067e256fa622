/**
 * What the points of a {@link org.fer4j.FaceMesh} tell: contours, the classical 68 points, where
 * the head is turned, how far eyes and mouth are open.
 */
@NullMarked
package org.fer4j.landmarks;

import org.jspecify.annotations.NullMarked;
