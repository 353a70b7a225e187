package dev.narrows.torch;

import dev.narrows.program.ElementType;

/** The numbers by which libtorch knows the types of scalars. */
final class TypeCode {
    /** fp64. */
    static final int FP64 = 7;

    private TypeCode() {}

    static int of(ElementType type) {
        return switch (type) {
            case FP32 -> 6;
            case FP16 -> 5;
            case BF16 -> 15;
        };
    }
}
