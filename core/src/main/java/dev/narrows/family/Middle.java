package dev.narrows.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Channels in the middle of a block: a number, a share of the block's output channels, or a number for each group of
 * its convolution.
 */
record Middle(
        Optional<ByStage<Integer>> channels,
        Optional<ByStage<Double>> ratio,
        Optional<ByStage<Integer>> widthPerGroup) {
    static final Knob<Optional<ByStage<Integer>>> MID = Knob.integerByStage("mid", 1, "Channels of a block's middle")
            .orNone()
            .insteadOf("mid-ratio", "width-per-group");
    static final Knob<Optional<ByStage<Double>>> MID_RATIO = Knob.decimalByStage(
                    "mid-ratio", 0, "Channels of a block's middle as a share of those that it puts out")
            .orNone()
            .insteadOf("mid", "width-per-group");
    static final Knob<Optional<ByStage<Integer>>> WIDTH_PER_GROUP = Knob.integerByStage(
                    "width-per-group", 1, "Channels of each group of a block's middle")
            .orNone()
            .insteadOf("mid", "mid-ratio");

    static Middle of(Settings settings, Stages stages) {
        return new Middle(stages.getOptional(settings, MID), stages.getOptional(settings, MID_RATIO), Optional.empty())
                .checked("mid and mid-ratio");
    }

    static Middle ofGrouped(Settings settings, Stages stages) {
        return new Middle(
                        stages.getOptional(settings, MID),
                        stages.getOptional(settings, MID_RATIO),
                        stages.getOptional(settings, WIDTH_PER_GROUP))
                .checked("mid, mid-ratio and width-per-group");
    }

    private Middle checked(String knobs) {
        int count = (channels.isPresent() ? 1 : 0) + (ratio.isPresent() ? 1 : 0) + (widthPerGroup.isPresent() ? 1 : 0);
        if (count != 1) {
            List<String> given = new ArrayList<>();
            channels.ifPresent(value -> given.add("mid = " + value));
            ratio.ifPresent(value -> given.add("mid-ratio = " + value));
            widthPerGroup.ifPresent(value -> given.add("width-per-group = " + value));
            throw new IllegalArgumentException("Cannot size the middle of a block: one of %s is needed, given are %s"
                    .formatted(knobs, given.isEmpty() ? "none" : String.join(", ", given)));
        }
        return this;
    }

    /** Channels in the middle of a block with {@code out} output channels, rounded to the nearest, at least 1. */
    int at(int stage, int out, int groups) {
        if (channels.isPresent()) {
            return channels.get().at(stage);
        }
        if (ratio.isPresent()) {
            return Rounding.nearest(out * ratio.get().at(stage));
        }
        return Rounding.exact((long) groups * widthPerGroup.orElseThrow().at(stage));
    }
}
