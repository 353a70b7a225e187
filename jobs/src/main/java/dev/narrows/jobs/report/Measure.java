package dev.narrows.jobs.report;

import dev.narrows.study.Objective;
import dev.narrows.tradeoff.VariantSummary;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What variants may be compared by.
 *
 * @param key its column in the tables
 * @param label as a person reads it
 * @param form how its values are written
 * @param larger whether more of it is better
 * @param wide whether its values spread over magnitudes, so that a logarithmic axis suits them
 */
record Measure(String key, String label, Form form, boolean larger, boolean wide) {
    /** How a value is written. */
    enum Form {
        SHARE,
        COUNT,
        BYTES,
        SECONDS,
        MICROS
    }

    private static final List<Measure> ALL = List.of(
            new Measure("validation_mean_iou", "mean IoU", Form.SHARE, true, false),
            new Measure("validation_dice", "Dice", Form.SHARE, true, false),
            new Measure("validation_accuracy", "validation accuracy", Form.SHARE, true, false),
            new Measure("params", "params", Form.COUNT, false, true),
            new Measure("macs", "MACs", Form.COUNT, false, true),
            new Measure("activations", "activations", Form.COUNT, false, true),
            new Measure("latency_p50_us", "latency p50", Form.MICROS, false, true),
            new Measure("latency_p90_us", "latency p90", Form.MICROS, false, true),
            new Measure("latency_p99_us", "latency p99", Form.MICROS, false, true),
            new Measure("inference_memory_bytes", "inference memory", Form.BYTES, false, true),
            new Measure("peak_memory_bytes", "peak training memory", Form.BYTES, false, true),
            new Measure("train_seconds", "training time", Form.SECONDS, false, true),
            new Measure("images_per_second", "training images a second", Form.COUNT, true, true));

    static Measure of(String key) {
        return ALL.stream()
                .filter(measure -> measure.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot show %s: it is no measure".formatted(key)));
    }

    /** Those that some variant has, what the study chooses by first. */
    static List<Measure> of(List<VariantSummary> summaries, List<Objective> objectives) {
        List<String> chosen =
                objectives.stream().map(objective -> objective.measure().word()).toList();
        return Stream.concat(
                        chosen.stream().map(Measure::of), ALL.stream().filter(measure -> !chosen.contains(measure.key)))
                .filter(measure -> summaries.stream()
                        .anyMatch(summary -> !Double.isNaN(measure.value().applyAsDouble(summary))))
                .toList();
    }

    ToDoubleFunction<VariantSummary> value() {
        dev.narrows.study.Measure measure = dev.narrows.study.Measure.of(key).orElseThrow();
        return summary -> summary.measure(measure);
    }
}
