package dev.narrows.engine;

import dev.narrows.study.Schedule;
import dev.narrows.study.Training;

/** The learning rate of each step of a trial. */
final class Rates {
    private final Training training;
    private final Schedule.Span span;

    Rates(Training training, int stepsPerEpoch) {
        this.training = training;
        this.span = new Schedule.Span(training.epochs() * stepsPerEpoch, training.warmupEpochs() * stepsPerEpoch);
    }

    /** The rate of a step, counted from 0. */
    double at(int step) {
        return training.schedule().rate(training.learningRate(), step, span);
    }
}
