/** The records of a study: everything that a study file asks for, read and checked. */
@NullMarked
package dev.narrows.study;

import org.jspecify.annotations.NullMarked;
