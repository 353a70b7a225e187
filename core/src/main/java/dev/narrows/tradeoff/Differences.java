package dev.narrows.tradeoff;

import java.util.LinkedHashMap;
import java.util.Map;

/** Differences in quality of pairs of variants, each computed once, whichever side asks. */
final class Differences {
    private final Certainty certainty;
    private final Map<Sides, Difference> known = new LinkedHashMap<>();

    private record Sides(String of, String against) {}

    Differences(Certainty certainty) {
        this.certainty = certainty;
    }

    /** Quality of the first minus that of the second. */
    Difference between(VariantSummary of, VariantSummary against) {
        Difference earlier = known.get(new Sides(of.id(), against.id()));
        if (earlier != null) {
            return earlier;
        }
        Difference found = certainty.between(of, against);
        known.put(new Sides(of.id(), against.id()), found);
        known.put(new Sides(against.id(), of.id()), found.reversed());
        return found;
    }
}
