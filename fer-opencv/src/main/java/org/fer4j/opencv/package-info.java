/**
 * fer4j on OpenCV: put this module on the path and {@link org.fer4j.FramePipeline#create()} uses
 * it, unless the ONNX Runtime backend is there, too, which is faster and goes first.
 *
 * <p>{@link org.fer4j.opencv.HaarFaceDetector} and {@link org.fer4j.opencv.YuNetFaceDetector} find
 * faces in OpenCV's own ways, {@link org.fer4j.opencv.MatFrames} makes frames of {@code Mat} and
 * back, {@link org.fer4j.opencv.CameraCapture} reads cameras and video files.
 *
 * <h2>Threads</h2>
 *
 * OpenCV has one number of threads for the whole process. When this module first opens something,
 * it sets that number to one, so that several workers do not fight for the cores; whoever asks for
 * more with {@link org.fer4j.RuntimeOptions#intraOpThreads()} raises it, for everybody. It is never
 * lowered again, and an application that wants another number sets it afterwards with {@code
 * opencv_core.setNumThreads}.
 *
 * <h2>Memory</h2>
 *
 * What this module opens holds native memory until it is closed, and nothing waits for the garbage
 * collector.
 */
@NullMarked
package org.fer4j.opencv;

import org.jspecify.annotations.NullMarked;
