package dev.narrows.jobs.preflight;

import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.process.LibraryToFetch;
import dev.narrows.space.Plan;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * Everything that is known of a study before it runs. {@code plan}, {@code doctor} and {@code run} read the same
 * findings: what one of them calls an error, the others refuse.
 */
public record Preflight(List<Finding> findings) {
    public Preflight {
        findings = findings.stream().distinct().toList();
    }

    /** @throws LibraryToFetch where the study needs a library that the launcher can download */
    public static void askForLibraries(Study study) {
        MachineFindings.askForLibraries(study);
    }

    /** Findings about the grids alone, for a study that only plans. */
    public static Preflight ofPlan(Study study, Plan plan) {
        return new Preflight(GridFindings.of(study, plan));
    }

    /**
     * Findings about the grids, the images and the machine or cluster.
     *
     * @param conf of the Spark that it will run on
     */
    public static Preflight of(OpenedStudy opened, SparkConf conf) {
        PlannedStudy planned = opened.planned();
        List<Finding> findings = new ArrayList<>(GridFindings.of(planned.study(), planned.plan()));
        findings.addAll(SearchFindings.of(planned.study(), planned.plan(), conf));
        boolean here = MachineFindings.isHere(conf);
        opened.images().forEach((spec, images) -> {
            ImageFindings of = new ImageFindings(planned.study(), spec, images);
            findings.addAll(of.all());
            if (here) {
                findings.addAll(of.room());
            }
        });
        findings.addAll(new MachineFindings(planned, conf).all());
        if (!planned.plan().variants().isEmpty() && !planned.data().isEmpty()) {
            findings.addAll(new MemoryFindings(planned, conf).all());
        }
        return new Preflight(findings);
    }

    /** Warnings that depend on the device of the trials, for one that became known after the rest. */
    public static List<Finding> ofDevice(PlannedStudy planned, SparkConf conf) {
        List<Finding> findings = new ArrayList<>(new MachineFindings(planned, conf).warnings());
        if (!planned.plan().variants().isEmpty() && !planned.data().isEmpty()) {
            findings.addAll(new MemoryFindings(planned, conf).ofGpus());
        }
        return findings;
    }

    /** Findings for a command that trains nothing, and so needs no image and no memory for a training step here. */
    public static Preflight ofMeasuring(PlannedStudy planned, SparkConf conf) {
        List<Finding> findings = new ArrayList<>(GridFindings.of(planned.study(), planned.plan()));
        findings.addAll(new MachineFindings(planned, conf).all());
        if (!planned.plan().variants().isEmpty() && !planned.data().isEmpty()) {
            findings.addAll(new MemoryFindings(planned, conf).ofExecutors());
        }
        return new Preflight(findings);
    }

    /**
     * A warning where the largest trial does not fit an executor that measures its own memory: such trials end
     * out-of-memory there.
     *
     * @param executor its name
     * @param memoryBytes that it may have
     * @param cores of it
     */
    public static Optional<Finding> onExecutor(
            PlannedStudy planned, SparkConf conf, String executor, long memoryBytes, int cores) {
        return planned.plan().variants().isEmpty() || planned.data().isEmpty()
                ? Optional.empty()
                : new MemoryFindings(planned, conf).onExecutor(executor, memoryBytes, cores);
    }

    /** The same with more findings after them. */
    public Preflight with(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new Preflight(all);
    }

    public List<Finding> of(Finding.Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    public boolean refuses() {
        return !of(Finding.Severity.ERROR).isEmpty();
    }

    /** @throws BadInput with a line for each error, where there is one */
    public void refuse() {
        if (refuses()) {
            throw new BadInput(
                    of(Finding.Severity.ERROR).stream().map(Finding::line).toList());
        }
    }
}
