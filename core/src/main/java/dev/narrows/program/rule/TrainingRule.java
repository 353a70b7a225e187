package dev.narrows.program.rule;

import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import java.util.Set;

/**
 * The rules of a training step that kinds of processor may favour or not. {@link #of} is the one place that decides
 * which of them a form has; {@code benchmarks/forms} times each of them on and off.
 *
 * <p>A kind of processor chooses a form, and the form and the precision choose the rules. So the form in a trial's row
 * names its bits, and a checkpoint goes on in no other. A rule that one kind alone favours therefore needs a form of
 * its own, or, where every kind that takes the form favours it, the next version of that form.
 */
public enum TrainingRule {
    /** Channels-last: {@link CommonEnd}. */
    COMMON_END,
    /** Channels-last on processors: {@link SpareChannels}. */
    SPARE_CHANNELS,
    /** Reduced precision on processors: {@link ReducedPrecision} leaves convolutions in small groups in fp32. */
    SMALL_GROUPS_IN_FP32,
    /** Reduced precision on processors: {@link ReducedPrecision} leaves depthwise ones with a stride in fp32. */
    STRIDED_DEPTHWISE_IN_FP32,
    /** Reduced precision on processors: {@link ReducedPrecision} leaves depthwise ones of large windows in fp32. */
    LARGE_DEPTHWISE_IN_FP32,
    /** Channels-last on processors: {@link JoinedDepthwise#large()}. */
    LARGE_DEPTHWISE_IN_SIXTEENS,
    /** Channels-last on processors: {@link JoinedDepthwise#strided()}. */
    STRIDED_DEPTHWISE_IN_THIRTY_TWOS,
    /** Blocked: {@link BlockedLayout} joins sixteen channels of depthwise ones with a stride or large windows. */
    BLOCKED_DEPTHWISE_IN_SIXTEENS,
    /** Blocked: {@link BlockedLayout} joins thirty-two channels of the other depthwise ones. */
    BLOCKED_DEPTHWISE_IN_THIRTY_TWOS,
    /** Any form: {@link InPlace}. */
    IN_PLACE;

    /** The rules of a form in a precision. */
    public static Set<TrainingRule> of(ElementType type, Form form) {
        return switch (form) {
            case CHANNELS_LAST ->
                switch (type) {
                    case FP32 -> Set.of(COMMON_END, SPARE_CHANNELS, IN_PLACE);
                    case BF16 -> Set.of(COMMON_END, SMALL_GROUPS_IN_FP32, STRIDED_DEPTHWISE_IN_FP32, IN_PLACE);
                    // fp16 is for GPUs: nobody waits for it here.
                    case FP16 -> Set.of(COMMON_END, IN_PLACE);
                };
            case BLOCKED ->
                switch (type) {
                    // Behind the layout, convolutions of pooled features are channels-last.
                    case BF16 ->
                        Set.of(
                                BLOCKED_DEPTHWISE_IN_SIXTEENS,
                                SMALL_GROUPS_IN_FP32,
                                STRIDED_DEPTHWISE_IN_FP32,
                                IN_PLACE);
                    case FP32, FP16 -> Set.of(BLOCKED_DEPTHWISE_IN_SIXTEENS, IN_PLACE);
                };
            case GPU_CHANNELS_LAST -> Set.of(COMMON_END, IN_PLACE);
        };
    }
}
