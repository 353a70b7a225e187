package dev.narrows.study;

/** The precision of a trial's convolutions; weights are always kept in fp32. */
public enum Precision {
    /** bf16 where the processor is faster in it, else fp32; resolved once, by the processor of the driver. */
    AUTO,
    FP32,
    BF16,
    FP16
}
