package dev.narrows.jobs.command;

import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.document.Documents;
import dev.narrows.jobs.document.LayersDocument;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.UnreadableFiles;
import dev.narrows.jobs.plan.Forecast;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.PlanLines;
import dev.narrows.jobs.show.PlanTable;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.workstation.WorkstationGpus;
import dev.narrows.space.Plan;
import dev.narrows.space.Planned;
import dev.narrows.space.StageLists;
import dev.narrows.space.Variant;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.trial.Trial;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Output of {@code plan}: every variant, and the cost of the whole. */
public final class PlanReport {
    /** The format of a printed plan. */
    public enum Format {
        table,
        csv,
        json
    }

    private final PlannedStudy planned;
    private final ResultsFolder folder;
    private final Optional<WorkstationGpus> gpus;
    private final Terminal terminal;

    /** @param gpus of this machine, on which the trials are to run */
    public PlanReport(PlannedStudy planned, ResultsFolder folder, Optional<WorkstationGpus> gpus, Terminal terminal) {
        this.planned = planned;
        this.folder = folder;
        this.gpus = gpus;
        this.terminal = terminal;
    }

    public void print(Format format, Optional<String> layers) {
        Plan plan = planned.plan();
        if (layers.isPresent()) {
            printLayers(ChosenVariant.of(plan, layers.get()), format);
            return;
        }
        UnreadableFiles unreadable = new UnreadableFiles();
        Set<String> ended = folder.isThere() ? folder.journal().ended(unreadable::row) : Set.of();
        unreadable.notes().forEach(terminal::note);
        List<Trial> trials = planned.trials();
        Set<String> done = done(trials, ended);
        switch (format) {
            case csv -> new PlanLines(planned.study(), done).csv(points(plan), terminal.out());
            case json -> terminal.out().println(new PlanLines(planned.study(), done).json(points(plan)));
            case table -> {
                PlanTable.print(plan, done, terminal);
                terminal.say("");
                terminal.say(counts(plan, done));
                planned.warnings().forEach(terminal::note);
                StageLists.hints(planned.study()).forEach(terminal::note);
                if (!trials.isEmpty()) {
                    terminal.say(cost(trials.stream()
                            .filter(trial -> !ended.contains(trial.id()))
                            .toList()));
                }
            }
        }
        terminal.out().flush();
    }

    private void printLayers(Variant variant, Format format) {
        switch (format) {
            case table -> PlanTable.printLayers(variant, terminal);
            case json -> terminal.out().println(Documents.pretty(LayersDocument.of(variant)));
            case csv ->
                terminal.out().print(Documents.csv(LayersDocument.of(variant).layers()));
        }
        terminal.out().flush();
    }

    private static Iterator<Planned> points(Plan plan) {
        return Stream.<Planned>concat(plan.variants().stream(), plan.rejections().stream())
                .iterator();
    }

    /** Prints a plan without results as CSV, one point at a time, so that a million points need little memory. */
    public static void stream(Study study, Terminal terminal) {
        new PlanLines(study, Set.of()).csv(PlannedStudy.stream(study), terminal.out());
        terminal.out().flush();
    }

    /** Ids of the variants all of whose trials have ended. */
    private static Set<String> done(List<Trial> trials, Set<String> ended) {
        Set<String> done = new HashSet<>();
        trials.forEach(trial -> done.add(trial.variantId()));
        trials.stream().filter(trial -> !ended.contains(trial.id())).forEach(trial -> done.remove(trial.variantId()));
        return done;
    }

    private String counts(Plan plan, Set<String> done) {
        StringBuilder counts = new StringBuilder(
                "@|bold %s|@".formatted(Numbers.counted(plan.variants().size(), "variant")));
        if (!done.isEmpty()) {
            counts.append(", %d of them done".formatted(done.size()));
        }
        if (!plan.rejections().isEmpty()) {
            counts.append(", %d rejected".formatted(plan.rejections().size()));
        }
        if (planned.study().data().size() > 1) {
            counts.append(", each with %s training images"
                    .formatted(planned.study().data().stream()
                            .map(data -> data.train().map("%,d"::formatted).orElse("all"))
                            .collect(Collectors.joining(" and "))));
        }
        if (!plan.repeats().isEmpty()) {
            counts.append(", %d the same network as an earlier one"
                    .formatted(plan.repeats().size()));
        }
        return counts.toString();
    }

    private String cost(List<Trial> trials) {
        Study study = planned.study();
        int slots = gpus.map(WorkstationGpus::slots).orElseGet(() -> Cluster.slotsHere(study.threads()));
        String where = gpus.map(WorkstationGpus::named).orElse("this machine");
        Forecast.Total total = Forecast.of(planned, trials);
        if (planned.device().isGpu()) {
            return ("%s to run%s: up to %s of a GPU's memory per trial, %s on disk%s; how long they take is known"
                            + " once the first have ended")
                    .formatted(
                            Numbers.counted(trials.size(), "trial"),
                            precisions(trials),
                            Numbers.bytes(total.memoryBytes()),
                            Numbers.bytes(Forecast.diskBytes(trials.size())),
                            checkpoints(trials, slots));
        }
        double latency = study.latency().of() == LatencySpec.Which.NONE || trials.isEmpty()
                ? 0
                : Forecast.latencySeconds(planned.plan().variants().size(), study.latency());
        return "%s to run%s: about %s on %s of %s, then %s of latency; up to %s of memory per trial, %s on disk%s"
                .formatted(
                        Numbers.counted(trials.size(), "trial"),
                        precisions(trials),
                        Numbers.duration(total.wallSeconds(slots)),
                        Numbers.counted(slots, "slot"),
                        where,
                        Numbers.duration(latency),
                        Numbers.bytes(total.memoryBytes()),
                        Numbers.bytes(Forecast.diskBytes(trials.size())),
                        checkpoints(trials, slots));
    }

    private String checkpoints(List<Trial> trials, int slots) {
        long bytes = Forecast.checkpointBytes(planned, trials, slots);
        return bytes == 0 ? "" : " and up to %s of checkpoints while they run".formatted(Numbers.bytes(bytes));
    }

    /** The precisions of the trials, marked where this processor decides them; empty where all trials have run. */
    private String precisions(List<Trial> trials) {
        String each = trials.stream()
                .map(trial -> trial.training().precision().name().toLowerCase(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining(" and "));
        boolean open = planned.study().training().stream().anyMatch(t -> t.precision() == Precision.AUTO);
        return each.isEmpty()
                ? ""
                : " in " + each
                        + (open
                                ? " (auto: chosen for %s)"
                                        .formatted(planned.device().text())
                                : "");
    }
}
