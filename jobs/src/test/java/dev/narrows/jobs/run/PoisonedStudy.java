package dev.narrows.jobs.run;

import dev.narrows.files.Folder;
import dev.narrows.jobs.blame.LastDeath;
import dev.narrows.jobs.blame.StartedMarks;
import dev.narrows.jobs.blame.Suspects;
import dev.narrows.jobs.dispatch.Backlog;
import dev.narrows.jobs.executor.Commit;
import dev.narrows.jobs.executor.TrialTask;
import dev.narrows.jobs.fanout.FanOut;
import dev.narrows.jobs.fanout.HungException;
import dev.narrows.jobs.fanout.SparkJobs;
import dev.narrows.jobs.process.LauncherMark;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** A run with given trials and a given task, and without tables. */
public final class PoisonedStudy {
    private PoisonedStudy() {}

    /**
     * Runs what has not ended yet, in this process: a trial that kills its process kills this one.
     *
     * @return the exit code
     */
    public static int run(
            JavaSparkContext spark,
            Path folder,
            List<Trial> trials,
            TrialTask task,
            Commit commit,
            Function<Trial, Optional<TrialResult>> kept)
            throws InterruptedException {
        Suspects suspects = new Suspects(Folder.at(folder.resolve("suspects").toString(), new Configuration(false)));
        StartedMarks marks = new StartedMarks(folder.resolve("running").toString());
        LastDeath.fromEnvironment().blame(marks, suspects);
        List<Trial> missing =
                trials.stream().filter(trial -> kept.apply(trial).isEmpty()).toList();
        FanOut fanOut = new FanOut(
                new SparkJobs(spark, task, commit, spark.isLocal() ? Optional.of(marks) : Optional.empty()),
                commit,
                suspects,
                () -> 8,
                kept);
        try (LauncherMark mark = new LauncherMark()) {
            fanOut.run(new Backlog(missing, trial -> 1), (trial, result) -> {});
            return 0;
        } catch (HungException e) {
            new LauncherMark().leave();
            return HungException.EXIT_CODE;
        }
    }
}
