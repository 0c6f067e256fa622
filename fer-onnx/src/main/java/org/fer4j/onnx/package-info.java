/**
 * The networks of fer4j on ONNX Runtime: put this module on the path and {@link
 * org.fer4j.FramePipeline#create()} uses it.
 */
@NullMarked
package org.fer4j.onnx;

import org.jspecify.annotations.NullMarked;
