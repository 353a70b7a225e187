/** What a trial is and what came of it. */
@NullMarked
package dev.narrows.trial;

import org.jspecify.annotations.NullMarked;
