/** The sub-commands of {@code fer} and their options. */
@NullMarked
package org.fer4j.examples.cli;

import org.jspecify.annotations.NullMarked;
