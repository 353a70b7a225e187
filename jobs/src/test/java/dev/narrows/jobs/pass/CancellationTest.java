package dev.narrows.jobs.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger stopped = new AtomicInteger();

    @Test
    void whatRunsIsStopped() {
        cancellation.stopsBy(stopped::incrementAndGet);
        assertThat(cancellation.isAsked()).isFalse();
        assertThat(stopped).hasValue(0);
        cancellation.ask();
        assertThat(cancellation.isAsked()).isTrue();
        assertThat(stopped).hasValue(1);
    }

    @Test
    void whatBeginsAfterwardsIsStoppedAtOnce() {
        cancellation.ask();
        cancellation.stopsBy(stopped::incrementAndGet);
        assertThat(stopped).hasValue(1);
    }

    @Test
    void everyPassThatIsUnderWayIsStoppedAndNoneThatHasEnded() {
        cancellation.stopsBy(() -> stopped.addAndGet(100)).close();
        cancellation.stopsBy(stopped::incrementAndGet);
        cancellation.stopsBy(() -> stopped.addAndGet(10));
        cancellation.ask();
        assertThat(stopped).hasValue(11);
    }
}
