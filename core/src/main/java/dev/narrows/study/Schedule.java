package dev.narrows.study;

import java.io.Serializable;

/** The course of the learning rate over the steps of a trial. */
public enum Schedule implements Serializable {
    /** The rate itself. */
    CONSTANT {
        @Override
        public double rate(double peak, int step, Span span) {
            return span.warm(step) * peak;
        }
    },
    /** Half a cosine from the rate down to zero (Loshchilov and Hutter, 2017). */
    COSINE {
        @Override
        public double rate(double peak, int step, Span span) {
            double after = Math.max(0, step - span.warmupSteps()) / Math.max(1, span.steps() - span.warmupSteps());
            return span.warm(step) * between(peak, 0, after);
        }
    },
    /**
     * Up from a 25th of the rate over the first 30 % of the steps, then down to a 10,000th of that, both by cosines, as
     * torch's OneCycleLR with momentum kept (Smith and Topin, 2018).
     */
    ONE_CYCLE {
        @Override
        public double rate(double peak, int step, Span span) {
            double top = RISING_SHARE * span.steps() - 1;
            double start = peak / START_DIVISOR;
            return step <= top
                    ? between(start, peak, step / top)
                    : between(peak, start / END_DIVISOR, (step - top) / (span.steps() - 1 - top));
        }
    };

    // torch.optim.lr_scheduler.OneCycleLR's own defaults.
    private static final double RISING_SHARE = 0.3;
    private static final double START_DIVISOR = 25;
    private static final double END_DIVISOR = 10_000;

    /**
     * The rate of a step.
     *
     * @param peak the learning rate that the study says
     * @param step counted from 0
     */
    public abstract double rate(double peak, int step, Span span);

    /** From one value to another along half a cosine. */
    private static double between(double from, double to, double share) {
        return to + (from - to) / 2 * (1 + Math.cos(Math.PI * Math.min(1, share)));
    }

    /**
     * The length of a trial.
     *
     * @param steps all of them
     * @param warmupSteps over which the rate first grows
     */
    public record Span(int steps, double warmupSteps) {
        private double warm(int step) {
            return step < warmupSteps ? (step + 1) / (warmupSteps + 1) : 1;
        }
    }
}
