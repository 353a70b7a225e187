package dev.narrows.engine;

import dev.narrows.study.Training;

/** The learning rate of each step of a trial. */
final class Rates {
    // torch.optim.lr_scheduler.OneCycleLR's own defaults.
    private static final double RISING_SHARE = 0.3;
    private static final double START_DIVISOR = 25;
    private static final double END_DIVISOR = 10_000;

    private final Training training;
    private final int steps;
    private final double warmupSteps;

    Rates(Training training, int stepsPerEpoch) {
        this.training = training;
        this.steps = training.epochs() * stepsPerEpoch;
        this.warmupSteps = training.warmupEpochs() * stepsPerEpoch;
    }

    /** The rate of a step, counted from 0. */
    double at(int step) {
        double rate = training.learningRate();
        return switch (training.schedule()) {
            case CONSTANT -> warm(step) * rate;
            case COSINE -> {
                double after = Math.max(0, step - warmupSteps) / Math.max(1, steps - warmupSteps);
                yield warm(step) * between(rate, 0, after);
            }
            case ONE_CYCLE -> {
                double top = RISING_SHARE * steps - 1;
                double start = rate / START_DIVISOR;
                yield step <= top
                        ? between(start, rate, step / top)
                        : between(rate, start / END_DIVISOR, (step - top) / (steps - 1 - top));
            }
        };
    }

    private double warm(int step) {
        return step < warmupSteps ? (step + 1) / (warmupSteps + 1) : 1;
    }

    /** From one value to another along half a cosine. */
    private static double between(double from, double to, double share) {
        return to + (from - to) / 2 * (1 + Math.cos(Math.PI * Math.min(1, share)));
    }
}
