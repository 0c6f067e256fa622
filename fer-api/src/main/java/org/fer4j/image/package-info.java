/** From the pixels of a frame to the input of a network, in one pass over the pixels needed. */
@NullMarked
package org.fer4j.image;

import org.jspecify.annotations.NullMarked;
