/**
 * Labelled images: {@link org.fer4j.training.data.ExpressionDataset} opens what users have, {@link
 * org.fer4j.training.data.LabeledImage} is one entry, {@link org.fer4j.training.data.Votes} holds
 * FER+'s rules from votes to labels.
 */
@NullMarked
package org.fer4j.training.data;

import org.jspecify.annotations.NullMarked;
