package dev.narrows.space;

/** What a point of a study's grids turned out to be. */
public sealed interface Planned permits Variant, Rejection, Repeat {}
