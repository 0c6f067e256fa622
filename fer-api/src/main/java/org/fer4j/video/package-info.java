/**
 * Expressions over time: the frames of a video in their order, with faces that keep their ids and
 * results that are steady.
 */
@NullMarked
package org.fer4j.video;

import org.jspecify.annotations.NullMarked;
