/** What the packages of this module share and nobody else sees. */
@NullMarked
package org.fer4j.training.internal;

import org.jspecify.annotations.NullMarked;
