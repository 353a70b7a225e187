package dev.narrows.study;

import dev.narrows.study.Objective.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The measures that a variant may be chosen by, in one list. Objectives, constraints, summaries, tables and the report
 * know these and no others; for a new one, the compiler names the places where its value comes from.
 *
 * <p>Test accuracy is not among them, as test images are looked at once, after the choice.
 */
public enum Measure {
    VALIDATION_ACCURACY(
            "validation accuracy",
            Unit.SHARE,
            Direction.MAXIMIZE,
            "share of validation images, or of positions where they have masks, that are right"),
    VALIDATION_BALANCED_ACCURACY(
            "balanced accuracy",
            Unit.SHARE,
            Direction.MAXIMIZE,
            "mean over classes of the share of each class's validation images, or positions, that are right"),
    VALIDATION_MEAN_IOU("mean IoU", Unit.SHARE, Direction.MAXIMIZE, "mean over classes of intersection over union"),
    VALIDATION_DICE("Dice", Unit.SHARE, Direction.MAXIMIZE, "mean over classes of the Dice coefficient"),
    PARAMS("params", Unit.COUNT, Direction.MINIMIZE, "trainable scalars"),
    MACS("MACs", Unit.COUNT, Direction.MINIMIZE, "multiply-accumulates for one input"),
    ACTIVATIONS("activations", Unit.COUNT, Direction.MINIMIZE, "elements of all convolution outputs for one input"),
    INFERENCE_MEMORY_BYTES(
            "inference memory", Unit.BYTES, Direction.MINIMIZE, "predicted largest live set of one image's inference"),
    PEAK_MEMORY_BYTES(
            "peak memory", Unit.BYTES, Direction.MINIMIZE, "highest resident memory of a trial that ran alone"),
    TRAIN_SECONDS("training time", Unit.SECONDS, Direction.MINIMIZE, "wall seconds of training"),
    EPOCH_SECONDS("epoch", Unit.SECONDS, Direction.MINIMIZE, "mean wall seconds of training per epoch"),
    IMAGES_PER_SECOND("images/s in training", Unit.RATE, Direction.MAXIMIZE, "training images per second"),
    NARROW_DEAD_SHARE(
            "narrow dead share",
            Unit.SHARE,
            Direction.MINIMIZE,
            "mean share that ReLUs silence at the narrow ends of blocks"),
    NARROW_RANK_SHARE(
            "narrow rank share",
            Unit.SHARE,
            Direction.MAXIMIZE,
            "mean effective rank by channels at the narrow ends of blocks"),
    LATENCY_P10_US(
            "latency p10",
            Unit.MICROS,
            Direction.MINIMIZE,
            "10th percentile of a call at the smallest batch size: with quiet neighbours, and the most repeatable"),
    LATENCY_P50_US("latency p50", Unit.MICROS, Direction.MINIMIZE, "median of a call at the smallest batch size"),
    LATENCY_P90_US(
            "latency p90", Unit.MICROS, Direction.MINIMIZE, "90th percentile of a call at the smallest batch size"),
    LATENCY_P99_US(
            "latency p99", Unit.MICROS, Direction.MINIMIZE, "99th percentile of a call at the smallest batch size"),
    INFERENCE_IMAGES_PER_SECOND(
            "inference images per second",
            Unit.RATE,
            Direction.MAXIMIZE,
            "images per second of inference at the largest batch size");

    /** The unit of a value. */
    public enum Unit {
        /** 0 to 1. */
        SHARE,
        COUNT,
        BYTES,
        SECONDS,
        /** Microseconds. */
        MICROS,
        /** Images per second. */
        RATE
    }

    private final String label;
    private final Unit unit;
    private final Direction better;
    private final String meaning;

    Measure(String label, Unit unit, Direction better, String meaning) {
        this.label = label;
        this.unit = unit;
        this.better = better;
        this.meaning = meaning;
    }

    /** The name in study files, tables and expressions: {@code latency_p50_us}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The label beside values that have the unit. */
    public String label() {
        return label;
    }

    public Unit unit() {
        return unit;
    }

    /** The direction that most people want. */
    public Direction better() {
        return better;
    }

    /** A few words for a person. */
    public String meaning() {
        return meaning;
    }

    /** True where it comes from the latency probe of the second pass. */
    public boolean isLatency() {
        return unit == Unit.MICROS || this == INFERENCE_IMAGES_PER_SECOND;
    }

    /** True for a measure of quality, which only training tells and which the noise of seeds is in. */
    public boolean isQuality() {
        return this == VALIDATION_ACCURACY || this == VALIDATION_BALANCED_ACCURACY || isOfMasks();
    }

    /** True where only images with masks have it. */
    public boolean isOfMasks() {
        return this == VALIDATION_MEAN_IOU || this == VALIDATION_DICE;
    }

    /** The measure of a word; empty where there is none. */
    public static Optional<Measure> of(String word) {
        return Arrays.stream(values())
                .filter(measure -> measure.word().equals(word))
                .findFirst();
    }

    /** All words, in their order. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Measure::word).toList();
    }

    /**
     * The measure of a word.
     *
     * @param verb its purpose, as the message begins: {@code choose by}
     * @throws IllegalArgumentException where there is none, with the nearest
     */
    public static Measure named(String word, String verb) {
        if (word.startsWith("test_")) {
            throw new IllegalArgumentException(
                    "Cannot %s %s: the test images are looked at once, after the choice; %s is what choices use"
                            .formatted(verb, word, word.replace("test_", "validation_")));
        }
        return of(word).orElseThrow(() -> new IllegalArgumentException(
                "Cannot %s %s: there is no such measure%s".formatted(verb, word, Nearest.hint(word, words()))));
    }

    @Override
    public String toString() {
        return word();
    }
}
