/**
 * The networks of fer4j on ONNX Runtime: put this module on the path and {@link
 * org.fer4j.FramePipeline#create()} uses it.
 *
 * <p><b>GPU.</b> This module brings ONNX Runtime for processors (and for CoreML on macOS). For
 * {@link org.fer4j.Device#CUDA} and {@link org.fer4j.Device#TENSORRT} exclude it and take the other
 * artifact with the same classes, in the same version, which has the same module name; never both:
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>org.fer4j</groupId>
 *   <artifactId>fer-onnx</artifactId>
 *   <version>...</version>
 *   <exclusions>
 *     <exclusion>
 *       <groupId>com.microsoft.onnxruntime</groupId>
 *       <artifactId>onnxruntime</artifactId>
 *     </exclusion>
 *   </exclusions>
 * </dependency>
 * <dependency>
 *   <groupId>com.microsoft.onnxruntime</groupId>
 *   <artifactId>onnxruntime_gpu</artifactId>
 *   <version>1.28.0</version>
 * </dependency>
 * }</pre>
 *
 * <p>Version 1.28 needs an NVIDIA driver, CUDA 12 and cuDNN 9 on the library path, on Linux or
 * Windows on x64. Then:
 *
 * <pre>{@code
 * RuntimeOptions gpu = RuntimeOptions.defaults().withDevice(Device.CUDA);
 * FramePipeline pipeline = FramePipeline.builder().runtime(gpu).build();
 * }</pre>
 *
 * {@link org.fer4j.FramePipeline#describe()} tells what really runs the networks.
 */
@NullMarked
package org.fer4j.onnx;

import org.jspecify.annotations.NullMarked;
