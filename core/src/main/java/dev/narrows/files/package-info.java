/** Files on any file system of Hadoop, each there whole or not at all. */
@NullMarked
package dev.narrows.files;

import org.jspecify.annotations.NullMarked;
