package dev.narrows.engine;

import java.util.Collection;
import java.util.List;

/** Ways in which processors compute bf16, by their vendor and flags. */
enum Bf16 {
    /** Natively, and training is faster than in fp32. */
    FASTER,
    /** Natively, and training is no faster than in fp32. */
    NO_FASTER,
    /** Not at all: it is emulated, and slower than fp32. */
    EMULATED;

    /** AMX multiplies whole tiles; Arm's are taken at their word, for none could be measured. */
    private static final List<String> FAST_FLAGS = List.of("amx_bf16", "bf16", "svebf16");

    private static final String AVX512_FLAG = "avx512_bf16";

    /**
     * Decides by vendor and flags alone, for a study that resumes must decide alike.
     *
     * <p>On AMD's Zen 4, which has the AVX-512 instruction, training was half as fast again and more. On an Intel
     * processor that has it without AMX a large product was half as fast as in fp32, and training no faster
     * (docs/decisions/engine-speed.md).
     */
    static Bf16 of(String vendor, Collection<String> flags) {
        if (FAST_FLAGS.stream().anyMatch(flags::contains)) {
            return FASTER;
        }
        if (!flags.contains(AVX512_FLAG)) {
            return EMULATED;
        }
        return vendor.equals("GenuineIntel") ? NO_FASTER : FASTER;
    }
}
