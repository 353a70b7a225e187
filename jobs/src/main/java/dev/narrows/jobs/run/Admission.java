package dev.narrows.jobs.run;

import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.cluster.ExecutorMemory;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.preflight.Finding;
import dev.narrows.jobs.preflight.OpenedStudy;
import dev.narrows.jobs.preflight.Preflight;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import org.apache.spark.SparkConf;

/** The check of a study before anything of it runs or is written: its preflight. */
final class Admission {
    private Admission() {}

    /**
     * Reports what would keep the study from running, or spoil its result.
     *
     * @param trains false for a pass that only measures
     * @return the memory by which it is admitted
     * @throws BadInput where the study cannot be run so
     */
    static ExecutorMemory of(OpenedStudy opened, SparkConf conf, boolean trains, Terminal terminal) {
        PlannedStudy planned = opened.planned();
        Preflight preflight = trains ? Preflight.of(opened, conf) : Preflight.ofMeasuring(planned, conf);
        preflight.refuse();
        preflight.of(Finding.Severity.WARNING).forEach(finding -> terminal.note(finding.line()));
        return ExecutorMemory.of(conf, planned.study().threads(), () -> planned.memoryOfATrial(conf));
    }

    /** The settings of Spark that a run starts with. */
    static SparkConf conf(Study study, ComputePlace place) {
        return Cluster.conf(study.name(), place, study.threads());
    }
}
