package dev.narrows.engine;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.study.LatencySpec;
import dev.narrows.trial.LatencyRow;
import java.io.Serializable;
import java.util.List;
import java.util.function.IntConsumer;

/** Measures how long folded networks take to answer, in interleaved rounds. Nothing else may run beside it. */
public final class LatencyProbe {
    public LatencyProbe(Engine engine) {}

    /** A network to be probed. */
    public record Target(String variantId, String variant, Layer network, Shape input) implements Serializable {}

    /** One row a target and batch size; {@code progress} is told how many rows' worth of work is done. */
    public List<LatencyRow> measure(List<Target> targets, LatencySpec spec, String device, IntConsumer progress) {
        return List.of();
    }
}
