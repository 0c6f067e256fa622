package org.fer4j.examples.image;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A file to analyse, as it was found.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param path as the caller wrote it, or below the folder that the caller wrote
 * @param relative below that folder; the file's name for a file that was named itself
 * @param problem why there is nothing to analyse, in words that follow the path; usually empty
 */
public record ImageFile(Path path, Path relative, Optional<String> problem) {}
