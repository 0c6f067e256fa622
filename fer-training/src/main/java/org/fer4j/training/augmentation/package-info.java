/**
 * How training varies the images it has, so that the network learns what matters in a face and not
 * its place, its light or the camera's quality.
 */
@NullMarked
package org.fer4j.training.augmentation;

import org.jspecify.annotations.NullMarked;
