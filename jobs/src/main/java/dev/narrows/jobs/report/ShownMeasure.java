package dev.narrows.jobs.report;

import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Objective.Direction;
import dev.narrows.tradeoff.Criterion;
import dev.narrows.tradeoff.VariantSummary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A measure as the page shows it.
 *
 * @param key its column in the tables
 * @param label as a person reads it
 * @param form format of its values: the name of its unit
 * @param larger true where more of it is better
 * @param wide true where its values spread over magnitudes, so that a logarithmic axis suits them
 */
record ShownMeasure(String key, String label, String form, boolean larger, boolean wide) {
    static ShownMeasure of(Measure measure) {
        return new ShownMeasure(
                measure.word(),
                measure.label(),
                measure.unit().name(),
                measure.better() == Direction.MAXIMIZE,
                measure.unit() != Measure.Unit.SHARE);
    }

    /** The measures that some variant has, those that the study chooses by first. */
    static List<Measure> shown(List<VariantSummary> summaries, List<Objective> objectives) {
        return Stream.concat(objectives.stream().map(Objective::measure), Arrays.stream(Measure.values()))
                .distinct()
                .filter(measure -> summaries.stream().anyMatch(summary -> !Double.isNaN(summary.measure(measure))))
                .toList();
    }

    static Criterion<VariantSummary> criterion(Measure measure) {
        return new Criterion<>(summary -> summary.measure(measure), measure.better());
    }
}
