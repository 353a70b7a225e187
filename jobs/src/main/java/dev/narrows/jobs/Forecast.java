package dev.narrows.jobs;

import dev.narrows.cost.Cost;
import dev.narrows.data.Description;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Training;

/**
 * What a trial is expected to take before any has run: good enough to put the longest first, and corrected by what the
 * trials that end really took.
 */
final class Forecast {
    /** Seconds of one thread for a multiply-accumulate of a step, forward and backward. */
    private static final double SECONDS_A_MAC = 4e-11;

    /** Seconds of one thread for an element of a convolution's output: what norms, activations and additions move. */
    private static final double SECONDS_AN_ACTIVATION = 1.2e-8;

    /** A forward pass alone, as a share of a training step. */
    private static final double FORWARD_SHARE = 1.0 / 3;

    /** Seconds until the first step: the network is written, loaded, and its first steps are slow. */
    private static final double SECONDS_OF_SETUP = 0.5;

    /** A row in the journal with its epochs, in bytes, and what it adds to the tables. */
    private static final long BYTES_A_ROW = 25_000;

    private Forecast() {}

    /** Seconds of one slot for a trial: training, validation after each epoch, and the test at the end. */
    static double trialSeconds(Cost cost, Description data, Training training) {
        double image = cost.macs() * SECONDS_A_MAC + cost.activations() * SECONDS_AN_ACTIVATION;
        double slower = training.precision() == Precision.FP32 ? 2 : 1;
        double trained = (double) data.train() * training.epochs();
        double judged = (double) data.validation() * training.epochs() + data.test();
        return SECONDS_OF_SETUP + image * slower * (trained + FORWARD_SHARE * judged);
    }

    /** Seconds of a latency pass over so many networks. */
    static double latencySeconds(int networks, LatencySpec spec) {
        return 1.3 * networks * spec.batchSizes().size() * spec.minimumSeconds();
    }

    /** Bytes on disk of so many trials. */
    static long diskBytes(long trials) {
        return trials * BYTES_A_ROW;
    }
}
