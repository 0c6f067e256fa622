/** Reports as one HTML file each, which needs no network, with plots drawn in SVG. */
@NullMarked
package org.fer4j.examples.html;

import org.jspecify.annotations.NullMarked;
