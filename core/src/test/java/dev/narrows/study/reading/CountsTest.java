package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.Study;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that people shorten, or that look odd and are fine. */
class CountsTest {
    @TempDir
    private Path folder;

    @Test
    void limitsMayEndInAMagnitude() {
        Study study = StudyFiles.read(
                folder, StudyFiles.LEAST + "limits { params = 200k, macs = 1.5M, activations = 2 G }\n");
        assertThat(study.limits().params()).hasValue(200_000L);
        assertThat(study.limits().macs()).hasValue(1_500_000L);
        assertThat(study.limits().activations()).hasValue(2_000_000_000L);
    }

    @Test
    void aNegativeSeedIsASeed() {
        Study study = StudyFiles.read(folder, StudyFiles.LEAST + "seeds = [-1, 0]\n");
        assertThat(study.grid()).allSatisfy(entry -> assertThat(entry.seeds()).isEqualTo(List.of(-1L, 0L)));
    }
}
