/** Images and masks: decoding, resizing and cutting. */
@NullMarked
package dev.narrows.data.image;

import org.jspecify.annotations.NullMarked;
