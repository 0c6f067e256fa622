/**
 * Live video: frames come when the camera likes, results as fast as the networks allow, and always
 * of the newest frame.
 */
@NullMarked
package org.fer4j.live;

import org.jspecify.annotations.NullMarked;
