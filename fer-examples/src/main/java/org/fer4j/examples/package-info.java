/** The {@code fer} application; {@link org.fer4j.examples.Fer} starts it. */
@NullMarked
package org.fer4j.examples;

import org.jspecify.annotations.NullMarked;
