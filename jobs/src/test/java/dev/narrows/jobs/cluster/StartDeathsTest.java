package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;

/** Lines as Spark 4.2's client of a standalone master writes them; {@code DoctorTest} has a real one. */
class StartDeathsTest {
    private final List<String> said = new ArrayList<>();
    private final StartDeaths deaths =
            new StartDeaths("spark://h:1", executor -> Optional.of("last of " + executor), said::add);

    @Test
    void threeThatWereNeverUsedEndTheRun() {
        ended(0);
        deaths.heard("Executor updated: app-1/1 is now RUNNING");
        ended(1);
        assertThat(said).isEmpty();
        ended(2);
        ended(3);
        assertThat(said)
                .containsExactly("Cannot start executors at spark://h:1: 3 of them ended before their first trial,"
                        + " the last with: last of 2 (Command exited with code 1)");
    }

    @Test
    void withoutALogSparksWordsAreTheReason() {
        StartDeaths elsewhere = new StartDeaths("spark://h:1", executor -> Optional.empty(), said::add);
        for (int executor = 0; executor < 3; executor++) {
            elsewhere.heard(
                    "Executor updated: app-1/%d is now FAILED (java.io.IOException: no disk)".formatted(executor));
        }
        assertThat(said).singleElement().asString().endsWith("the last with: java.io.IOException: no disk");
    }

    @Test
    void onesThatRanATrialOrWereLostWithTheirWorkerDoNotCount() {
        for (int executor = 0; executor < 4; executor++) {
            deaths.onTaskStart(new SparkListenerTaskStart(0, 0, task(executor)));
            ended(executor);
            deaths.heard("Executor updated: app-1/%d is now LOST (worker lost)".formatted(10 + executor));
            deaths.heard("Executor updated: app-1/%d is now KILLED".formatted(20 + executor));
        }
        assertThat(said).isEmpty();
    }

    @Test
    void afterATaskThatEndedWellNothingCounts() {
        TaskInfo task = task(0);
        task.markFinished(org.apache.spark.TaskState.FINISHED(), 1);
        deaths.onTaskEnd(new SparkListenerTaskEnd(0, 0, "", null, task, null, null));
        for (int executor = 0; executor < 4; executor++) {
            ended(executor);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void onesThatSignalNineEndedAreManyBeforeTheyCannotBeChance() {
        for (int executor = 0; executor < 11; executor++) {
            killed(executor);
        }
        ended(11);
        ended(12);
        assertThat(said).isEmpty();
        killed(13);
        assertThat(said)
                .containsExactly("Cannot start executors at spark://h:1: 14 of them ended before their first trial,"
                        + " the last with: last of 13 (Command exited with code 137)");
    }

    private void killed(int executor) {
        deaths.heard("Executor updated: app-1/%d is now EXITED (Command exited with code 137)".formatted(executor));
    }

    private void ended(int executor) {
        deaths.heard("Executor updated: app-1/%d is now EXITED (Command exited with code 1)".formatted(executor));
    }

    private static TaskInfo task(int executor) {
        return new TaskInfo(executor, 0, 0, 0, 0, String.valueOf(executor), "h", TaskLocality.ANY(), false);
    }
}
