/**
 * What is wrong with labelled images before a network learns from them: {@link
 * org.fer4j.training.quality.ImageInspector} looks at each image by itself, {@link
 * org.fer4j.training.quality.DatasetCheck} compares all of them and lists the findings.
 */
@NullMarked
package org.fer4j.training.quality;

import org.jspecify.annotations.NullMarked;
