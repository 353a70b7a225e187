package dev.narrows.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A network under measurement, in one implementation. */
public interface Subject extends AutoCloseable {
    /** Images of one training step. */
    int TRAINED = 128;

    /** Images of one call of evaluation. */
    int EVALUATED = 64;

    /**
     * One training step on the next batch of {@value #TRAINED}: forward, backward, optimizer. Gives the batch's loss.
     */
    double train();

    /** Evaluates one batch of {@value #EVALUATED} images by the weights as they are. Gives the share of top-1 hits. */
    double evaluate();

    /** The first scalar of the first weight. */
    double someWeight();

    @Override
    void close();

    /**
     * Trains a little and makes sure that it does.
     *
     * @return the loss of each step
     * @throws IllegalStateException where the loss does not fall, or no weight moves: whatever is timed then is no
     *     training
     */
    default List<Double> prove() {
        double weight = someWeight();
        double first = 0;
        double last = 0;
        int steps = 24;
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            double loss = train();
            losses.add(loss);
            first += step < steps / 4 ? loss : 0;
            last += step >= steps - steps / 4 ? loss : 0;
        }
        if (!(last < 0.9 * first) || someWeight() == weight) {
            throw new IllegalStateException(
                    "Cannot time what does not learn: the loss went from %s to %s, a weight from %s to %s"
                            .formatted(first * 4 / steps, last * 4 / steps, weight, someWeight()));
        }
        return losses;
    }
}
