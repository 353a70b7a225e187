/** Datasets of a study: decoded images, their split, and the batches that a network sees. */
@NullMarked
package dev.narrows.data;

import org.jspecify.annotations.NullMarked;
