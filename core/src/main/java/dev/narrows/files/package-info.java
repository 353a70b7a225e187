/** Files on any Hadoop file system, each visible whole or not at all. */
@NullMarked
package dev.narrows.files;

import org.jspecify.annotations.NullMarked;
