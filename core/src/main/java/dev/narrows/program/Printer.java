package dev.narrows.program;

/**
 * A writer of programs in the language of one runtime.
 *
 * <p>It decides nothing about how a network is computed: every such decision is in the program that it gets.
 *
 * @param <T> type of the written text or model
 */
@FunctionalInterface
public interface Printer<T> {
    /**
     * The text or file of a program.
     *
     * @throws IllegalArgumentException where the runtime has no operation for a step
     */
    T print(Program program);
}
