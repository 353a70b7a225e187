package dev.narrows.jobs.command;

import dev.narrows.data.Inspection;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.cluster.StudyDevices;
import dev.narrows.jobs.document.Documents;
import dev.narrows.jobs.document.FindingDocument;
import dev.narrows.jobs.document.LayersDocument;
import dev.narrows.jobs.document.PlanDocument;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.preflight.Finding;
import dev.narrows.jobs.preflight.OpenedStudy;
import dev.narrows.jobs.preflight.Preflight;
import dev.narrows.jobs.preflight.ResultsFindings;
import dev.narrows.jobs.preflight.StreamedPlan;
import dev.narrows.jobs.preflight.TimeFindings;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.PlanLines;
import dev.narrows.jobs.show.PlanTable;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.workstation.WorkstationGpus;
import dev.narrows.space.Plan;
import dev.narrows.space.Planned;
import dev.narrows.space.StageLists;
import dev.narrows.space.Variant;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Study;
import dev.narrows.trial.Trial;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import picocli.CommandLine.ExitCode;

/** Output of {@code plan}: every variant, the cost of the whole, and what a run would meet. */
public final class PlanReport {
    /** The format of a printed plan. */
    public enum Format {
        table,
        csv,
        json
    }

    private final OpenedStudy opened;
    private final PlannedStudy planned;
    private final ResultsFindings results;
    private final ResultsFolder folder;
    private final ComputePlace place;
    private final Terminal terminal;

    private PlanReport(
            OpenedStudy opened, ResultsFindings results, ResultsFolder folder, ComputePlace place, Terminal terminal) {
        this.opened = opened;
        this.planned = opened.planned();
        this.results = results;
        this.folder = folder;
        this.place = place;
        this.terminal = terminal;
    }

    /**
     * Prints the plan; the exit code is 2 where a run would be refused.
     *
     * @param gpus of this machine, on which the trials are to run
     */
    public static int print(
            Study study, ResultsFolder folder, Optional<WorkstationGpus> gpus, Format format, Terminal terminal) {
        ResultsFindings results = ResultsFindings.of(folder, study);
        List<Finding> unreachable = OpenedStudy.unreachable(study);
        if (!unreachable.isEmpty()) {
            return unplanned(study, folder, new Preflight(unreachable).with(results.forPlan()), format, terminal);
        }
        if (format == Format.csv && gpus.isEmpty() && !results.there()) {
            return stream(study, results, terminal);
        }
        OpenedStudy opened = OpenedStudy.briefly(study).on(StudyDevices.of(gpus, new SparkConf()));
        ComputePlace place = opened.planned().fitted(new ComputePlace(Optional.empty(), Optional.empty(), gpus));
        return new PlanReport(opened, results, folder, place, terminal).print(format);
    }

    /** Prints a plan without points, where the images cannot be reached from here. */
    private static int unplanned(
            Study study, ResultsFolder folder, Preflight preflight, Format format, Terminal terminal) {
        switch (format) {
            case csv -> new PlanLines(study, Set.of()).csv(List.<Planned>of().iterator(), terminal.out());
            case json ->
                terminal.out()
                        .println(Documents.pretty(new PlanDocument(
                                study.name(), folder.toString(), false, null, documents(preflight), List.of())));
            case table -> {}
        }
        terminal.out().flush();
        new FindingLines(terminal).problems(preflight);
        return ExitCode.OK;
    }

    private static List<FindingDocument> documents(Preflight preflight) {
        return preflight.findings().stream().map(FindingLines::document).toList();
    }

    private int print(Format format) {
        Plan plan = planned.plan();
        Study study = planned.study();
        List<Trial> trials = planned.candidates();
        Set<String> done = done(trials, results.ended());
        SparkConf conf = Cluster.conf(study.name(), place, study.threads());
        Preflight preflight = (study.data().isEmpty() ? Preflight.ofPlan(study, plan) : Preflight.of(opened, conf))
                .with(results.forPlan());
        FindingLines lines = new FindingLines(terminal);
        Optional<Finding> time = trials.isEmpty()
                ? Optional.empty()
                : Optional.of(new TimeFindings(planned, trials, results).fact(place));
        if (format != Format.table) {
            // A program gets a plan or a refusal; a person also sees what was rejected.
            Preflight.ofPlan(study, plan).refuse();
        }
        switch (format) {
            case csv -> new PlanLines(study, done).csv(points(plan), terminal.out());
            case json -> terminal.out().println(Documents.pretty(document(preflight, time, done)));
            case table -> {
                PlanTable.print(plan, done, terminal);
                terminal.say("");
                terminal.say(counts(plan, done));
                time.ifPresent(fact -> terminal.say(fact.line()));
                lines.facts(preflight);
            }
        }
        terminal.out().flush();
        StageLists.hints(study).forEach(terminal::note);
        lines.problems(preflight);
        return preflight.refuses() ? ExitCode.USAGE : ExitCode.OK;
    }

    /** Prints the layers of one variant. */
    public static void printLayers(PlannedStudy planned, String label, Format format, Terminal terminal) {
        Variant variant = ChosenVariant.of(planned.plan(), label);
        switch (format) {
            case table -> PlanTable.printLayers(variant, terminal);
            case json -> terminal.out().println(Documents.pretty(LayersDocument.of(variant)));
            case csv ->
                terminal.out().print(Documents.csv(LayersDocument.of(variant).layers()));
        }
        terminal.out().flush();
    }

    private PlanDocument document(Preflight preflight, Optional<Finding> time, Set<String> done) {
        Study study = planned.study();
        return new PlanDocument(
                study.name(),
                folder.toString(),
                preflight.refuses(),
                time.map(fact -> PlanDocument.Forecast.of(fact.values())).orElse(null),
                documents(preflight.with(time.stream().toList())),
                new PlanLines(study, done).lines(points(planned.plan())));
    }

    private static Iterator<Planned> points(Plan plan) {
        return Stream.<Planned>concat(plan.variants().stream(), plan.rejections().stream())
                .iterator();
    }

    /** Prints a plan without results as CSV, one point at a time, so that a million points need little memory. */
    private static int stream(Study study, ResultsFindings results, Terminal terminal) {
        Map<DataSpec, Inspection> images = OpenedStudy.imagesBriefly(study);
        StreamedPlan.requireVariant(study, images);
        StreamedPlan points = StreamedPlan.of(study, images);
        new PlanLines(study, Set.of()).csv(points, terminal.out());
        terminal.out().flush();
        StageLists.hints(study).forEach(terminal::note);
        Preflight preflight = points.preflight().with(results.forPlan());
        new FindingLines(terminal).problems(preflight);
        return preflight.refuses() ? ExitCode.USAGE : ExitCode.OK;
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
}
