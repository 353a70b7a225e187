package dev.narrows.space;

/** A point of a study's grids: a variant, a rejection or a repeat. */
public sealed interface Planned permits Variant, Rejection, Repeat {}
