/** Many images over all cores, in bounded memory. */
@NullMarked
package org.fer4j.bulk;

import org.jspecify.annotations.NullMarked;
