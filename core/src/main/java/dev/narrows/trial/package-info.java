/** A trial, its result and its history. */
@NullMarked
package dev.narrows.trial;

import org.jspecify.annotations.NullMarked;
