/** Image files: finding them, decoding them, and saying what is wrong with one. */
@NullMarked
package org.fer4j.examples.image;

import org.jspecify.annotations.NullMarked;
