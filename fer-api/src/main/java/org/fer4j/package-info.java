/**
 * What an application touches: a {@link org.fer4j.Frame} goes into a {@link
 * org.fer4j.FramePipeline}, a {@link org.fer4j.FrameResult} comes out.
 *
 * <p><b>Coordinates.</b> One convention everywhere: pixels of the frame as it was handed in, origin
 * at the top left corner of the top left pixel, x to the right, y down, so that the centre of the
 * first pixel is (0.5, 0.5). Right and bottom edges are exclusive. Left and right of a face are the
 * person's own: the right eye usually has the smaller x.
 */
@NullMarked
package org.fer4j;

import org.jspecify.annotations.NullMarked;
