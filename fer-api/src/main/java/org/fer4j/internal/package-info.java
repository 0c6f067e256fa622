/** What packages of this module share and do not export. */
@NullMarked
package org.fer4j.internal;

import org.jspecify.annotations.NullMarked;
