/**
 * What can be measured on a face without a network: distances, angles and ratios between the points
 * of the face mesh, and the texture of the parts that move. {@link
 * org.fer4j.features.FeatureExtractor} measures, {@link org.fer4j.features.FeatureLayout} tells
 * what each number means.
 */
@NullMarked
package org.fer4j.features;

import org.jspecify.annotations.NullMarked;
