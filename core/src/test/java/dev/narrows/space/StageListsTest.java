package dev.narrows.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.reading.StudyFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageListsTest {
    @TempDir
    Path folder;

    private List<String> hints(String knobs) {
        String four = "widths = [32, 64, 128, 256], depths = [1, 1, 1, 1], strides = [1, 2, 2, 1], ";
        return StageLists.hints(StudyFiles.grid(folder, "{ family = bottleneck, " + four + knobs + " }"));
    }

    @Test
    void asManyWholeNumbersAsStagesMayBeOneNetwork() {
        assertThat(hints("width-per-group = [8, 16, 32, 64]"))
                .singleElement()
                .asString()
                .endsWith("x.conf: 2: width-per-group = [8, 16, 32, 64] gives 4 networks, each with one value in all"
                        + " stages; for one value per stage write width-per-group = [[8, 16, 32, 64]]");
    }

    @Test
    void otherListsAreWhatTheySay() {
        assertThat(hints("width-per-group = [[8, 16, 32, 64]]")).isEmpty();
        assertThat(hints("width-per-group = [8, 16, 32]")).isEmpty();
        assertThat(hints("mid-ratio = [0.1, 0.2, 0.3, 0.4]")).isEmpty();
        assertThat(hints("cardinality = 4")).isEmpty();
    }
}
