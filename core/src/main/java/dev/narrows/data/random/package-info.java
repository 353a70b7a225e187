/** Random draws of a seed, and the augmentation of training images by them. */
@NullMarked
package dev.narrows.data.random;

import org.jspecify.annotations.NullMarked;
