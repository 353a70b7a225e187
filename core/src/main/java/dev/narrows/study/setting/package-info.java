/**
 * Descriptions of settings: each key of {@code data} and {@code training} once, with its values, its columns and its
 * line in ids.
 */
@NullMarked
package dev.narrows.study.setting;

import org.jspecify.annotations.NullMarked;
