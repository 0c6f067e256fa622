package org.fer4j.tracking;

import org.fer4j.Face;

/**
 * A face that is the same one over many frames.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param id the same for the same face, from 1 on; never used again for another one
 * @param face in pixels of the frame
 * @param detected true if the detector found it in this frame; false if its place follows from how
 *     it moved before, and then its score is that of its last detection
 */
public record TrackedFace(long id, Face face, boolean detected) {}
