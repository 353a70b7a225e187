package dev.narrows.cost;

import dev.narrows.net.Conv;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;

/** The {@link Work} of one step. */
final class Working implements Step.Visitor<Work> {
    private static double elements(Tensor tensor) {
        return tensor.stored().elements();
    }

    private static Work convolved(Step.Single step, double macs) {
        return new Work(macs, 0, elements(step.in()) + elements(step.out()), 0, 0, 1);
    }

    private static Work moved(double elements) {
        return new Work(0, 0, 0, elements, 0, 1);
    }

    private static Work windowed(double elements) {
        return new Work(0, 0, 0, 0, elements, 1);
    }

    @Override
    public Work convolve(Step.Convolve step) {
        Conv conv = step.filter().conv();
        double all = (double) step.out().shape().positions() * conv.weights();
        if (conv.depthwise()) {
            return new Work(0, all, elements(step.in()) + elements(step.out()), 0, 0, 1);
        }
        return convolved(step, all * (step.filter().to() - step.filter().from()) / conv.in());
    }

    @Override
    public Work convolveTransposed(Step.ConvolveTransposed step) {
        return convolved(
                step, (double) step.in().shape().positions() * step.conv().weights());
    }

    @Override
    public Work project(Step.Project step) {
        return convolved(step, (double) step.linear().in() * step.linear().out());
    }

    @Override
    public Work normaliseBatch(Step.NormaliseBatch step) {
        return moved(elements(step.out()));
    }

    @Override
    public Work normaliseLayer(Step.NormaliseLayer step) {
        return moved(elements(step.out()));
    }

    @Override
    public Work activate(Step.Activate step) {
        return moved(elements(step.out()));
    }

    @Override
    public Work poolWindows(Step.PoolWindows step) {
        return windowed(
                elements(step.out()) * step.pool().kernel() * step.pool().kernel());
    }

    @Override
    public Work poolToSize(Step.PoolToSize step) {
        return windowed(elements(step.in()));
    }

    @Override
    public Work flattenMaps(Step.FlattenMaps step) {
        return moved(elements(step.out()));
    }

    @Override
    public Work enlarge(Step.Enlarge step) {
        return moved(elements(step.out()));
    }

    @Override
    public Work scaleChannels(Step.ScaleChannels step) {
        return moved(elements(step.out()));
    }

    @Override
    public Work cutOut(Step.CutOut step) {
        return moved(0);
    }

    @Override
    public Work convert(Step.Convert step) {
        return moved(elements(step.out()));
    }

    @Override
    public Work add(Step.Add step) {
        return moved(elements(step.out()) * (step.terms().size() - 1));
    }

    @Override
    public Work concatenate(Step.Concatenate step) {
        return moved(elements(step.out()));
    }

    @Override
    public Work measure(Step.MeasureTap step) {
        return Work.NONE;
    }
}
