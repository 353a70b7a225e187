package dev.narrows.jobs;

import dev.narrows.family.Settings;
import dev.narrows.net.Conv;
import dev.narrows.net.Shape;
import dev.narrows.study.Augmentation;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Loss;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.study.Schedule;
import dev.narrows.study.Training;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Trials that nobody has to train. */
public final class Trials {
    private Trials() {}

    public static Trial trial(String id) {
        return trial(id, "plain");
    }

    public static Trial trial(String id, String family) {
        return trial(id, family, 0);
    }

    /** A trial that may take so many seconds, or any number where it is 0. */
    public static Trial trial(String id, String family, double timeLimitSeconds) {
        Training training = new Training(
                1,
                32,
                Precision.FP32,
                new Optimizer.Sgd(0.9, false, 0),
                Schedule.CONSTANT,
                0.1,
                0,
                0,
                0,
                new Augmentation(0, false),
                Loss.CROSS_ENTROPY,
                timeLimitSeconds);
        DataSpec data = new DataSpec("bundled:none", Optional.empty(), Optional.empty(), Optional.empty(), 0);
        return new Trial(
                id,
                "v-" + id,
                "tests",
                family + " " + id,
                family,
                new Settings(Map.of()),
                Conv.pointwise(1, 1, false),
                new Shape(1, 4, 4),
                2,
                0,
                training,
                data);
    }

    public static List<Trial> trials(int count) {
        return IntStream.range(0, count).mapToObj(i -> trial("t" + i)).toList();
    }

    public static TrialResult completed(Trial trial, double accuracy) {
        return completed(trial, accuracy, null);
    }

    /** @param hits the validation images that it got right */
    public static TrialResult completed(Trial trial, double accuracy, @Nullable BitSet hits) {
        Epoch epoch = new Epoch(1, 0.5, 0.5, 0.5, accuracy, null, 0.1, null, 0.01, 0.01, null);
        return new TrialResult(
                trial.id(),
                Outcome.COMPLETED,
                null,
                List.of(epoch),
                null,
                null,
                null,
                hits,
                null,
                0.01,
                100.0,
                0.0,
                null,
                null,
                new Environment("host", "processor", "cpu", "fp32", 1, "tests"),
                null,
                0,
                0.01);
    }
}
