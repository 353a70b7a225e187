package dev.narrows.engine;

import dev.narrows.data.Dataset;
import dev.narrows.data.Samples;
import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Norm;
import dev.narrows.net.Shape;
import dev.narrows.trial.Trial;
import java.util.Optional;
import java.util.stream.Stream;

/** Reasons why a network cannot be trained on its data. */
final class Misfit {
    private Misfit() {}

    /** The first reason that is found; empty where there is none. */
    static Optional<String> of(Trial trial, Dataset data) {
        Shape scores = trial.network().output(trial.input());
        return data.task()
                .misfit(scores, trial.input(), trial.classes())
                .map(reason -> "Cannot train %s: %s".formatted(trial.variant(), reason))
                .or(() -> labels("training", data.train(), trial.classes()))
                .or(() -> labels("validation", data.validation(), trial.classes()))
                .or(() -> labels("test", data.test(), trial.classes()))
                .or(() -> norms(trial, data.train().size()));
    }

    /** A label beyond the classes would read memory that is not the scores'. */
    private static Optional<String> labels(String part, Samples samples, int classes) {
        for (int i = 0; !samples.masked() && i < samples.size(); i++) {
            int label = samples.label(i);
            if (label < 0 || label >= classes) {
                return Optional.of(
                        "Cannot train on %s image %d: its label is %d, and %d classes have labels from 0 to %d"
                                .formatted(part, i, label, classes, classes - 1));
            }
        }
        return Optional.empty();
    }

    /** The variance of one value is no number, and libtorch keeps it without a word. */
    private static Optional<String> norms(Trial trial, int images) {
        int batch = Math.min(trial.training().batchSize(), images);
        return batch == 1 && normalisesOnePosition(trial.network(), trial.input())
                ? Optional.of("Cannot train in batches of one image: a batch norm over maps of 1x1 needs two"
                        + " values or more of each channel (take a larger batch-size, or norm = layer)")
                : Optional.empty();
    }

    private static boolean normalisesOnePosition(Layer layer, Shape input) {
        if (layer instanceof Chain chain) {
            Shape shape = input;
            for (Layer step : chain.steps()) {
                if (normalisesOnePosition(step, shape)) {
                    return true;
                }
                shape = step.output(shape);
            }
            return false;
        }
        Stream<Layer> inside = layer instanceof Fork fork
                ? fork.branches().stream()
                : layer instanceof Block block ? Stream.of(block.body()) : Stream.empty();
        boolean batchNorm = layer instanceof Norm norm && norm.kind() == Norm.Kind.BATCH;
        return (batchNorm && input.positions() == 1) || inside.anyMatch(each -> normalisesOnePosition(each, input));
    }
}
