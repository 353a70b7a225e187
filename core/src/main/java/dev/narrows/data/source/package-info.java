/** Sources of images: the formats that can be read, and what a source contains before decoding. */
@NullMarked
package dev.narrows.data.source;

import org.jspecify.annotations.NullMarked;
