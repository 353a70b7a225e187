package dev.narrows.results;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import dev.narrows.study.DataSpec;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.Loss;
import dev.narrows.study.Measure;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.NarrowEnd;
import dev.narrows.trial.NarrowEnds;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows for tests. */
final class Rows {
    static final Environment ENVIRONMENT =
            new Environment("host-1", "Some Processor", "cpu", "bf16", 1, "narrows=0.1.0;commit=abc123;java=17");

    private Rows() {}

    static Settings settings() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("stem.width", 16);
        values.put("widths", List.of(32, 64));
        values.put("mid-ratio", 0.25);
        values.put("mid", null);
        values.put("expansion", List.of(4.0, 6.0));
        values.put("kernel", 3);
        values.put("linear", true);
        values.put("skips", List.of(true, false));
        values.put("activation", "relu");
        values.put("pools", List.of("max", "average"));
        return new Settings(values);
    }

    static Training training(Optimizer optimizer) {
        return new Training(
                3,
                128,
                Precision.BF16,
                optimizer,
                Schedule.ONE_CYCLE,
                0.1,
                0.5,
                0.1,
                1.0,
                new Augmentation(2, true),
                Loss.CROSS_ENTROPY,
                600);
    }

    static Epoch epoch(int number, double accuracy) {
        return new Epoch(number, 1.5, 0.5, 1.25, accuracy, 0.875, 0.05, 2.5, 1.5, 0.25, null);
    }

    static TrialRow completed(String id) {
        return completed(id, "channels-last-1");
    }

    static TrialRow completed(String id, String form) {
        BitSet hits = new BitSet();
        hits.set(0, 6);
        return new TrialRow(
                new TrialDescription(
                        id,
                        "study",
                        "v1",
                        "bottleneck mid-ratio=0.25",
                        "bottleneck",
                        settings(),
                        new Shape(1, 28, 28),
                        10,
                        7,
                        new Cost(1000, 20_000, 300, 9),
                        5_000_000L,
                        40_000L,
                        training(new Optimizer.Sgd(0.9, true, 5e-4)),
                        new DataSpec("bundled:fashion-mnist", Optional.of(4000), Optional.of(20), Optional.empty(), 3),
                        "f00d"),
                new TrialResult(
                        id,
                        Outcome.COMPLETED,
                        null,
                        List.of(epoch(1, 0.5), epoch(2, 0.5), epoch(3, 0.3)),
                        0.75,
                        0.9375,
                        null,
                        hits,
                        new NarrowEnds(
                                List.of(
                                        new NarrowEnd("stage 1 block 1", 8, 0.5, 6),
                                        new NarrowEnd("stage 2 block 1", 16, 0.25, 4)),
                                256),
                        4.5,
                        2666.5,
                        0.5,
                        0.0625,
                        1L << 33,
                        ENVIRONMENT,
                        form,
                        1_700_000_000_123L,
                        5.5));
    }

    static TrialRow failed(String id) {
        return new TrialRow(
                new TrialDescription(
                        id,
                        "study",
                        "v2",
                        "plain",
                        "plain",
                        new Settings(Map.of("widths", List.of(8))),
                        new Shape(3, 32, 32),
                        4,
                        -1,
                        new Cost(1L << 40, 1L << 41, 1L << 42, 2),
                        null,
                        null,
                        training(new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.01)),
                        new DataSpec("/data", Optional.empty(), Optional.empty(), Optional.of(10), 0),
                        null),
                TrialResult.bare(id, Outcome.OUT_OF_MEMORY, "Cannot allocate 3 GiB", ENVIRONMENT, 0, 0.5));
    }

    static LatencyRow latency(String variantId, int batchSize, double p50) {
        return new LatencyRow(
                variantId,
                "bottleneck mid-ratio=0.25",
                LatencyRuntime.TORCH,
                batchSize,
                1000,
                0.9 * p50,
                p50,
                120,
                150,
                8,
                false,
                batchSize / p50 * 1e6,
                33,
                p50 / 30,
                ENVIRONMENT,
                5);
    }

    static MeasuredDifference difference(double value) {
        return new MeasuredDifference(
                value, value - 0.01, value + 0.02, value > 0.01, 0.003, 0.004, 3, 20, null, 5, null);
    }

    static VariantRow variant(String family, Settings settings) {
        return new VariantRow(
                "study",
                "v1",
                "bottleneck mid-ratio=0.25",
                family,
                4000,
                3,
                6,
                Map.of(Measure.VALIDATION_ACCURACY, 0.75, Measure.PARAMS, 1000.0, Measure.LATENCY_P50_US, 85.5),
                new Cost(1000, 20_000, 300, 9),
                0.01,
                true,
                0.875,
                0.5,
                difference(-0.02),
                null,
                "it would take more than 1000 further seeds",
                "open",
                new Foretold(0.25, 0.81, 0.79, 0.83, "v0", "bottleneck mid-ratio=0.125"),
                new MeasuredLatency(85.5, 80, 91),
                new MeasuredLatency(2.5, 2.4, 2.6),
                false,
                settings);
    }
}
