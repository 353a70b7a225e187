package dev.narrows.jobs.pass;

import dev.narrows.checkpoint.CheckpointInterval;
import dev.narrows.jobs.cluster.ExecutorMemory;
import dev.narrows.jobs.folder.JournalCommit;
import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.Study;

/**
 * The study of a run, and the objects that every pass works with.
 *
 * @param memory by which the study was admitted, and to which its trials are held
 * @param commit keeps rows from wherever they are measured
 * @param checkpoints pause between two of a trial
 */
public record RunContext(
        PlannedStudy planned,
        ResultsFolder folder,
        ExecutorMemory memory,
        JournalCommit commit,
        CheckpointInterval checkpoints,
        Terminal terminal,
        Cancellation cancellation) {
    public Study study() {
        return planned.study();
    }
}
