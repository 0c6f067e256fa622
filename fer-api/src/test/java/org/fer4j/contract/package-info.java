/**
 * What every backend has to do, as abstract test suites: a backend supplies a factory and nothing
 * else. {@link org.fer4j.contract.Picture} makes the frames.
 */
@NullMarked
package org.fer4j.contract;

import org.jspecify.annotations.NullMarked;
