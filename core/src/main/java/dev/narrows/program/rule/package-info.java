/** Rewriting of programs, one rule a file, and the lists of rules by purpose, form and precision. */
@NullMarked
package dev.narrows.program.rule;

import org.jspecify.annotations.NullMarked;
