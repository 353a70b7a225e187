/** Datasets, their splits, and augmentation. */
@NullMarked
package dev.narrows.data;

import org.jspecify.annotations.NullMarked;
