package dev.narrows.jobs.folder;

import dev.narrows.cost.Cost;
import dev.narrows.results.LayerRow;
import dev.narrows.results.RejectedRow;
import dev.narrows.results.Tables;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Plan;
import dev.narrows.space.Rejection;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Replaces the public tables of a folder while its study runs, and at its end. */
public final class TablesWriter {
    private final ResultsFolder folder;
    private final List<RejectedRow> rejections;
    private final List<LayerRow> layers;

    public TablesWriter(ResultsFolder folder, String study, Plan plan) {
        this.folder = folder;
        rejections = plan.rejections().stream()
                .map(rejection -> row(study, rejection))
                .toList();
        layers = plan.variants().stream()
                .flatMap(variant ->
                        LayerRow.of(variant.id(), variant.label(), variant.network(), variant.input()).stream())
                .toList();
    }

    private static RejectedRow row(String study, Rejection rejection) {
        Cost cost = rejection.cost().orElse(null);
        return new RejectedRow(
                study,
                rejection.variantId().orElse(null),
                rejection.label(),
                rejection.family(),
                rejection.settings(),
                cost,
                rejection.message());
    }

    /**
     * Replaces each table whole.
     *
     * @param added reasons for the trials beyond the plan, by their ids
     */
    public void write(Collection<TrialRow> rows, Map<String, String> added) {
        Tables.write(
                folder.address(),
                folder.settings(),
                List.copyOf(rows),
                added,
                folder.journal().latency(),
                rejections,
                layers);
    }
}
