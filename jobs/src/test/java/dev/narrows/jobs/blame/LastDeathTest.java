package dev.narrows.jobs.blame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.files.Folder;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastDeathTest {
    @TempDir
    Path folder;

    private StartedMarks marks;
    private Suspects suspects;

    @BeforeEach
    void open() {
        marks = new StartedMarks(folder.resolve("running").toString());
        suspects = new Suspects(Folder.at(folder.resolve("suspects").toString(), new Configuration(false)));
    }

    @Test
    void whoeverWasRunningIsASuspect() throws Exception {
        died(134, false, "a", "b");
        assertThat(suspects.contains("a")).isTrue();
        assertThat(suspects.contains("b")).isTrue();
        assertThat(suspects.contains("c")).isFalse();
        assertThat(marks.standing()).isEmpty();
    }

    @Test
    void deathsInCompanyAreNeverBlamed() throws Exception {
        for (int i = 0; i < 5; i++) {
            died(139, false, "a");
        }
        assertThat(suspects.deaths("a").verdict()).isEmpty();
    }

    @Test
    void twoDeathsAloneAreBlamedWithTheSignal() throws Exception {
        died(134, false, "a");
        died(134, true, "a");
        assertThat(suspects.deaths("a").verdict()).isEmpty();
        died(139, true, "a");
        assertThat(suspects.deaths("a").verdict().orElseThrow().message())
                .startsWith("its process died 2 times with nothing else running: signal 11 (SIGSEGV) on ");
    }

    @Test
    void aTrialThatLeavesTheProcessIsBlamedToo() throws Exception {
        died(0, true, "a");
        died(0, true, "a");
        assertThat(suspects.deaths("a").verdict().orElseThrow().message()).contains("exit code 0 on ");
    }

    @Test
    void whoIsAskedToEndBlamesNobody() throws Exception {
        for (int code : new int[] {129, 130, 143, Death.HUNG}) {
            died(code, true, "a");
        }
        assertThat(suspects.contains("a")).isFalse();
        assertThat(marks.standing()).isEmpty();
    }

    @Test
    void aKillThatMayBeByHandTakesFourToBlame() throws Exception {
        for (int i = 0; i < 3; i++) {
            died(137, true, "a");
            assertThat(suspects.deaths("a").verdict()).isEmpty();
        }
        died(137, true, "a");
        Verdict verdict = suspects.deaths("a").verdict().orElseThrow();
        assertThat(verdict.message())
                .startsWith("its process died 4 times with nothing else running: signal 9 (SIGKILL) on ");
        assertThat(verdict.host()).isEqualTo(dev.narrows.engine.Host.name());
    }

    @Test
    void aDeathThatNobodySawIsSuspicionButNoBlame() throws Exception {
        for (int i = 0; i < 3; i++) {
            marks.set("a", true);
            new LastDeath(Optional.empty()).blame(marks, suspects);
        }
        assertThat(suspects.contains("a")).isTrue();
        assertThat(suspects.deaths("a").verdict()).isEmpty();
    }

    private void died(int exitCode, boolean alone, String... running) throws Exception {
        for (String trial : running) {
            marks.set(trial, alone);
        }
        new LastDeath(Optional.of(exitCode)).blame(marks, suspects);
    }
}
