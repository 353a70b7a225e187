package dev.narrows.jobs.blame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.spark.ExecutorLostFailure;
import org.junit.jupiter.api.Test;
import scala.Option;

/** Deaths as Spark's own messages tell of them. */
class DeathTest {
    @Test
    void theHostAndTheSignalAreReadFromSparksMessage() {
        Death death = lost(true, "Command exited with code 134");
        assertThat(death.host()).isEqualTo("10.0.0.7");
        assertThat(death.exitCode()).contains(134);
        assertThat(death.cause()).isEqualTo("signal 6 (SIGABRT) on 10.0.0.7");
        assertThat(death.isHang()).isFalse();
        assertThat(death.isNobodysFault()).isFalse();
    }

    @Test
    void aDeathWithoutACodeIsToldInSparksWords() {
        assertThat(lost(true, "Remote RPC client disassociated.").cause())
                .isEqualTo("Remote RPC client disassociated. on 10.0.0.7");
    }

    @Test
    void anAlarmForAHangIsToldByItsExitCode() {
        assertThat(lost(true, "Command exited with code " + Death.HUNG).isHang())
                .isTrue();
    }

    @Test
    void signalFifteenIsNobodysFault() {
        assertThat(lost(true, "Command exited with code 143").isNobodysFault()).isTrue();
    }

    @Test
    void aWorkerOrAHostThatWentAwayIsNobodysFault() {
        Death death = lost(false, "worker lost: 10.0.0.7 got disassociated");
        assertThat(death.exitCode()).isEmpty();
        assertThat(death.isNobodysFault()).isTrue();
    }

    @Test
    void anExceptionOfATaskIsNoDeath() {
        assertThat(Death.of("Job aborted due to stage failure: Task 0 in stage 3.0 failed 1 times, most recent failure:"
                        + " Lost task 0.0 in stage 3.0 (TID 3) (10.0.0.7 executor 1):"
                        + " java.lang.IllegalStateException: ExecutorLostFailure is not said here"))
                .isEmpty();
        assertThat(Death.of("Job 3 cancelled")).isEqualTo(Optional.empty());
    }

    /** In the message of a job that Spark gave up because it lost an executor. */
    private static Death lost(boolean byATask, String reason) {
        String failure = new ExecutorLostFailure("1", byATask, Option.apply(reason)).toErrorString();
        return Death.of(("Job aborted due to stage failure: Task 0 in stage 3.0 failed 1 times, most recent"
                                + " failure: Lost task 0.0 in stage 3.0 (TID 3) (10.0.0.7 executor 1): %s\nDriver"
                                + " stacktrace:")
                        .formatted(failure))
                .orElseThrow();
    }
}
