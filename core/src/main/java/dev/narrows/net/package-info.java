/** The network itself: a tree of records and the law of its shapes. Depends on nothing else of Narrows. */
@NullMarked
package dev.narrows.net;

import org.jspecify.annotations.NullMarked;
