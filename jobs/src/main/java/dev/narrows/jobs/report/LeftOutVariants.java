package dev.narrows.jobs.report;

import dev.narrows.jobs.report.Page.LeftOut;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.results.Foretold;
import dev.narrows.space.Variant;
import dev.narrows.tradeoff.SearchRecords;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The variants that a search has not trained, the likeliest members of the front first. */
final class LeftOutVariants {
    /** Rows of the page; the table of variants has all. */
    static final int SHOWN = 100;

    private LeftOutVariants() {}

    /** Empty where the whole grid is trained, and while nothing is predicted. */
    static List<LeftOut> of(Findings findings) {
        return SearchRecords.of(findings.results())
                .map(records -> rows(findings, records))
                .orElse(List.of());
    }

    private static List<LeftOut> rows(Findings findings, SearchRecords records) {
        return findings.plan().variants().stream()
                .flatMap(variant -> records.foretold(variant.id()).map(told -> new Predicted(variant, told)).stream())
                .sorted(Comparator.comparingDouble(one -> -one.told().chance()))
                .limit(SHOWN)
                .map(one -> row(one.variant(), pause(records, one.variant()), one.told()))
                .toList();
    }

    private record Predicted(Variant variant, Foretold told) {}

    /** The epoch after which the trial of a variant has paused, in words; empty where none has begun. */
    private static String pause(SearchRecords records, Variant variant) {
        Integer epoch = records.state().paused().get(variant.id());
        return epoch == null ? "" : " (paused after epoch %d)".formatted(epoch);
    }

    private static LeftOut row(Variant variant, String pause, Foretold told) {
        return new LeftOut(
                variant.label() + pause,
                Numbers.percent(told.chance()),
                Numbers.percent(told.quality()),
                "%s to %s".formatted(Numbers.percent(told.low()), Numbers.percent(told.high())),
                Numbers.count(variant.cost().params()),
                Numbers.count(variant.cost().macs()),
                Optional.ofNullable(told.rival()).orElse("–"));
    }
}
