/** The reading of a study file: from HOCON to a checked {@code Study}, with every problem at its line. */
@NullMarked
package dev.narrows.study.reading;

import org.jspecify.annotations.NullMarked;
