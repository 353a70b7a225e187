package dev.narrows.jobs.run;

import dev.narrows.cost.Cost;
import dev.narrows.jobs.pass.KnownRows;
import dev.narrows.jobs.pass.RunContext;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.results.Journal;
import dev.narrows.results.TrialDescription;
import dev.narrows.results.TrialRecord;
import dev.narrows.results.TrialRecords;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Plan;
import dev.narrows.space.Variant;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Precision;
import dev.narrows.tradeoff.Settling;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The trials of a study beyond its plan. The journal has a record of each, with the reason for it. */
record AddedTrials(RunContext context) {
    /** The trials that earlier runs have added to variants that the plan still has. */
    static List<Trial> of(PlannedStudy planned, TrialRecords records) {
        Map<String, Variant> variants = planned.variantsById();
        List<Trial> added = new ArrayList<>();
        for (TrialRecord record : records.added()) {
            Variant variant = variants.get(record.trial().variantId());
            if (variant != null) {
                ofSeed(
                                planned,
                                variant,
                                record.trial().seed(),
                                Set.copyOf(planned.study().data()))
                        .stream()
                        .filter(trial -> trial.id().equals(record.trialId()))
                        .forEach(added::add);
            }
        }
        return added;
    }

    /**
     * Keeps a record of each trial of these seeds that the study does not have yet: a trial for each choice of training
     * settings. One that was trained when an earlier grid had it gets a record too, by which the study has it again.
     *
     * @param rows of the study, which has these trials from then on
     */
    void keep(List<Settling.FurtherSeed> seeds, KnownRows rows) {
        Journal journal = context.folder().journal();
        Map<String, Variant> variants = context.planned().variantsById();
        Map<DataSpec, String> fingerprints = context.planned().fingerprints();
        Set<String> known = Set.copyOf(rows.trialIds());
        long now = System.currentTimeMillis();
        List<Trial> added = new ArrayList<>();
        Map<String, String> reasons = new HashMap<>();
        for (Settling.FurtherSeed seed : seeds) {
            Variant variant = Optional.ofNullable(variants.get(seed.variant().variantId()))
                    .orElseThrow(() -> new IllegalArgumentException("Cannot add a seed to %s: the plan does not have it"
                            .formatted(seed.variant().label())));
            Set<DataSpec> data =
                    seed.variant().trials().stream().map(TrialRow::data).collect(Collectors.toSet());
            for (Trial trial : ofSeed(context.planned(), variant, seed.seed(), data)) {
                if (!known.contains(trial.id())) {
                    journal.keep(TrialRecord.waiting(
                            TrialDescription.of(trial, Cost.of(trial.network(), trial.input()))
                                    .withData(Objects.requireNonNull(fingerprints.get(trial.data()))),
                            TrialOrigin.added(seed.reason(), now)));
                    reasons.put(trial.id(), seed.reason());
                }
                added.add(trial);
            }
        }
        rows.add(added, reasons);
    }

    private static List<Trial> ofSeed(PlannedStudy planned, Variant variant, long seed, Set<DataSpec> data) {
        Precision resolved = planned.device().resolve(Precision.AUTO);
        return planned.study().data().stream()
                .filter(data::contains)
                .flatMap(spec ->
                        Plan.trialsOf(variant, seed, spec, planned.study(), planned.fingerprints(), resolved).stream())
                .toList();
    }
}
