package dev.narrows.search;

import java.util.ArrayList;
import java.util.List;

/** The outlooks of a search by their batch, each computed once for what was known. */
final class Rounds {
    private final List<SearchCandidate> candidates;
    private final SearchSettings settings;
    private final SearchFeatures features;
    private final Membership membership;
    private final List<Seen> seen = new ArrayList<>();

    private record Seen(Known known, Outlook outlook) {}

    Rounds(List<SearchCandidate> candidates, SearchSettings settings) {
        this.candidates = candidates;
        this.settings = settings;
        features = SearchFeatures.of(candidates);
        membership = new Membership(candidates, settings.tolerance(), settings.seed());
    }

    /** The outlook from what is known. */
    synchronized Outlook outlook(Known known) {
        for (Seen one : seen) {
            if (one.known.equals(known)) {
                return one.outlook;
            }
        }
        Outlook outlook = new Outlook(candidates, features, membership, known, settings.seeds());
        seen.add(new Seen(known, outlook));
        return outlook;
    }
}
