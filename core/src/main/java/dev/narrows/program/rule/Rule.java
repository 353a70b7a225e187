package dev.narrows.program.rule;

import dev.narrows.program.Program;

/**
 * A rewriting of a program into one that computes the same.
 *
 * <p>A rule gives the program itself where it finds nothing to do. {@link Rules} applies it and checks what it gave.
 */
@FunctionalInterface
public interface Rule {
    Program apply(Program program);
}
