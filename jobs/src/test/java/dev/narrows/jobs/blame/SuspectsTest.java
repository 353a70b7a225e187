package dev.narrows.jobs.blame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.files.Folder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspectsTest {
    @TempDir
    Path folder;

    private Suspects open() {
        return new Suspects(Folder.at(folder.toString(), new Configuration(false)));
    }

    @Test
    void suspicionOutlivesTheDriver() {
        Suspects suspects = open();
        suspects.died("a", false, "signal 6 (SIGABRT) on one");
        suspects.died("a", true, "signal 9 (SIGKILL) on one");
        suspects.died("a", true, "signal 6 (SIGABRT) on two");
        suspects.died("b", false, "its executor\nwas lost on three");
        assertThat(open().all())
                .isEqualTo(Map.of(
                        "a",
                        new Deaths(List.of("signal 9 (SIGKILL) on one", "signal 6 (SIGABRT) on two")),
                        "b",
                        Deaths.NONE_ALONE))
                .isEqualTo(suspects.all());
    }

    @Test
    void whoeverIsClearedIsNoSuspectOfTheNextDriver() {
        Suspects suspects = open();
        suspects.died("a", true, "signal 6 (SIGABRT) on one");
        suspects.clear("a");
        assertThat(suspects.contains("a")).isFalse();
        assertThat(suspects.deaths("a")).isEqualTo(Deaths.NONE_ALONE);
        assertThat(open().all()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
