package dev.narrows.torch;

/** What a tensor's scalars are, by the number that libtorch gives them. */
public enum ElementType {
    FP32(6),
    FP16(5),
    BF16(15);

    private final int code;

    ElementType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
