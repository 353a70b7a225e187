package dev.narrows.study;

/**
 * Points drawn at random from a grid too large to be tried whole, each at most once: {@code sample = { count = 200,
 * seed = 1 }}.
 *
 * @param count number of points drawn; those that cannot be built count too and are told as rejections
 * @param seed seed of the draw
 */
public record Sample(int count, long seed) {}
