package dev.narrows.jobs.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.LocalSpark;
import dev.narrows.jobs.Trials;
import dev.narrows.jobs.dispatch.Event;
import dev.narrows.trial.Trial;
import org.junit.jupiter.api.Test;

class JobFailureTest {
    private static final Trial TRIAL = Trials.trial("a");

    private static String told(String message) {
        Event event = JobFailure.event(LocalSpark.context(), TRIAL, new IllegalStateException(message));
        assertThat(event).isInstanceOf(Event.JobFailed.class);
        return String.valueOf(((Event.JobFailed) event).error().getMessage());
    }

    private static String lostBy(String executor) {
        return """
                Job aborted due to stage failure: Task 0 in stage 3.0 failed 1 times, most recent failure: \
                Lost task 0.0 in stage 3.0 (TID 5) (%s): dev.narrows.jobs.executor.TrialTaskException: it failed
                \tat dev.narrows.jobs.executor.OnExecutor.call(OnExecutor.java:69)
                Caused by: java.io.IOException: No space left on device
                \tat java.base/java.io.FileOutputStream.writeBytes(Native Method)
                """.formatted(executor);
    }

    /** One full disk among many hosts is found by its host. */
    @Test
    void theHostOfAnExecutorIsNamed() {
        assertThat(told(lostBy("10.0.0.3 executor 1")))
                .isEqualTo("Cannot run plain a seed=%d on 10.0.0.3: java.io.IOException: No space left on device"
                        .formatted(TRIAL.seed()));
    }

    @Test
    void theDriversOwnHostIsKnown() {
        assertThat(told(lostBy("10.0.0.3 executor driver")))
                .isEqualTo("Cannot run plain a seed=%d: java.io.IOException: No space left on device"
                        .formatted(TRIAL.seed()));
    }
}
