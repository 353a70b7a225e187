package dev.narrows.program;

/** The type of a tensor's scalars. */
public enum ElementType {
    FP32(4),
    FP16(2),
    BF16(2);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one scalar. */
    public int bytes() {
        return bytes;
    }

    /** True of the types narrower than fp32. */
    public boolean reduced() {
        return this != FP32;
    }
}
