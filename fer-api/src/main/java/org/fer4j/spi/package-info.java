/**
 * How backends are found: a {@link org.fer4j.spi.Backend} on the class path or module path opens
 * the networks, {@link org.fer4j.spi.Backends} names which one.
 */
@NullMarked
package org.fer4j.spi;

import org.jspecify.annotations.NullMarked;
