package dev.narrows.engine;

import dev.narrows.program.Form;
import dev.narrows.study.Precision;
import java.util.Collection;
import java.util.List;

/**
 * Kinds of processor, by vendor and flags, that favour different precisions and forms.
 *
 * <p>The one home of these choices. Nothing else decides them, and no clock: a study that resumes decides alike. What
 * each choice rests on is in docs/decisions/engine-speed.md and docs/decisions/blocked-layout.md.
 */
enum ProcessorKind {
    /** bf16 in whole tiles: Intel's servers of the fourth generation and later, where the machine lets them through. */
    AMX("x86-64 with AMX", Bf16.FASTER, Form.BLOCKED),
    /** bf16 by AVX-512 on other vendors' processors: AMD's Zen 4. */
    AVX512_BF16("x86-64 with AVX-512 and its bf16", Bf16.FASTER, Form.BLOCKED),
    /** bf16 by AVX-512 on Intel's, whose instruction is slower than what it replaces. */
    INTEL_AVX512_BF16("Intel x86-64 with AVX-512 and its bf16, without AMX", Bf16.NO_FASTER, Form.BLOCKED),
    /** AVX-512, no bf16. */
    AVX512("x86-64 with AVX-512, without bf16", Bf16.EMULATED, Form.CHANNELS_LAST),
    /** Arm with bf16, taken at its word, for none could be measured; oneDNN's own layout is for x86-64. */
    ARM_BF16("Arm with bf16", Bf16.FASTER, Form.CHANNELS_LAST),
    /** Any other. */
    OTHER("without AVX-512 and bf16", Bf16.EMULATED, Form.CHANNELS_LAST);

    private static final List<String> ARM_FLAGS = List.of("bf16", "svebf16");

    private final String text;
    private final Bf16 bf16;
    private final Form bf16Form;

    ProcessorKind(String text, Bf16 bf16, Form bf16Form) {
        this.text = text;
        this.bf16 = bf16;
        this.bf16Form = bf16Form;
    }

    static ProcessorKind of(String vendor, Collection<String> flags) {
        if (flags.contains("amx_bf16")) {
            return AMX;
        }
        if (ARM_FLAGS.stream().anyMatch(flags::contains)) {
            return ARM_BF16;
        }
        if (flags.contains("avx512_bf16")) {
            return vendor.equals("GenuineIntel") ? INTEL_AVX512_BF16 : AVX512_BF16;
        }
        return flags.contains("avx512f") ? AVX512 : OTHER;
    }

    /** A description for tables of measurements. */
    String text() {
        return text;
    }

    /** The way in which it computes bf16. */
    Bf16 bf16() {
        return bf16;
    }

    /** The precision that {@code auto} means. */
    Precision auto() {
        return bf16 == Bf16.FASTER ? Precision.BF16 : Precision.FP32;
    }

    /** Form to train in, for the networks that suit it. */
    Form form(Precision resolved) {
        return switch (resolved) {
            case BF16 -> bf16Form;
            case FP32, FP16 -> Form.CHANNELS_LAST;
            case AUTO -> throw new IllegalArgumentException("Cannot choose a form for auto: it must be resolved first");
        };
    }
}
