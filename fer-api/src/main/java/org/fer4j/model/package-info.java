/**
 * Models as data: a network's file beside a manifest that says how pixels become its input, how its
 * outputs are read, where it comes from and how good it is. No constant of a model stands in code.
 */
@NullMarked
package org.fer4j.model;

import org.jspecify.annotations.NullMarked;
