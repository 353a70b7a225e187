package dev.narrows.jobs.run;

import dev.narrows.engine.LatencyProbe;
import dev.narrows.jobs.cluster.Cluster;
import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.cluster.ExecutorMemory;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import org.apache.spark.SparkConf;

/** The check of a study before anything of it runs or is written. */
final class Admission {
    private Admission() {}

    /**
     * Reports what the executors of a cluster would refuse, or be killed for.
     *
     * @param place of the trials
     * @return the memory by which it is admitted
     * @throws BadInput where the study cannot be run so
     */
    static ExecutorMemory of(PlannedStudy planned, ComputePlace place, Terminal terminal) {
        Study study = planned.study();
        if (study.data().isEmpty()) {
            throw new BadInput("%s: Cannot run study %s: it has an input to plan for, but no data to train on"
                    .formatted(study.file(), study.name()));
        }
        LatencyProbe.missing(study.latency().runtimes()).ifPresent(message -> {
            throw new BadInput(study.file() + ": " + message);
        });
        SparkConf conf = conf(planned, place);
        ExecutorMemory memory = ExecutorMemory.of(conf, study.threads(), () -> planned.memoryOfATrial(conf));
        memory.refuses().ifPresent(why -> {
            throw new BadInput("%s: Cannot run study %s at %s: %s"
                    .formatted(study.file(), study.name(), conf.get("spark.master"), why));
        });
        memory.advice().ifPresent(terminal::note);
        return memory;
    }

    /** The settings of Spark that a run starts with. */
    static SparkConf conf(PlannedStudy planned, ComputePlace place) {
        return Cluster.conf(planned.study().name(), place, planned.study().threads());
    }
}
