package dev.narrows.engine;

/** Ways in which {@linkplain ProcessorKind kinds of processor} compute bf16. */
enum Bf16 {
    /** Natively, and training is faster than in fp32. */
    FASTER,
    /** Natively, and training is no faster than in fp32. */
    NO_FASTER,
    /** Not at all: it is emulated, and slower than fp32. */
    EMULATED
}
