package dev.narrows.jobs.report;

import dev.narrows.tradeoff.Importance;
import java.util.ArrayList;
import java.util.List;

/**
 * Shares of the variance between the variants of a family.
 *
 * @param deviation standard deviation of the measure
 * @param words sentence with the shares
 */
record VarianceShares(
        String family,
        String measure,
        int variants,
        boolean balanced,
        boolean pairs,
        boolean noiseKnown,
        double deviation,
        String words,
        List<Share> shares) {
    /** One share; {@code kind} picks its colour: axis, pair, rest, noise. */
    record Share(String name, String kind, double share) {}

    static VarianceShares of(Importance importance) {
        List<Share> shares = new ArrayList<>();
        importance
                .shares()
                .forEach(part ->
                        shares.add(new Share(part.name(), part.axes().size() == 1 ? "axis" : "pair", part.share())));
        if (!importance.balanced()) {
            shares.add(new Share("knobs that vary together", "rest", importance.shared()));
        }
        shares.add(new Share(
                importance.pairs() ? "interactions of more knobs" : "interactions", "rest", importance.further()));
        importance.noise().ifPresent(noise -> shares.add(new Share("seeds alone", "noise", noise)));
        return new VarianceShares(
                importance.family(),
                importance.measure().label(),
                importance.variants(),
                importance.balanced(),
                importance.pairs(),
                importance.noise().isPresent(),
                importance.deviation(),
                importance.sentence(),
                shares);
    }
}
