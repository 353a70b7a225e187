package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.Axis;
import dev.narrows.study.Study;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedTextTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training { optimizer { name = adamw } }",
                "training { optimizer = [ { name = sgd, learning-rate = [0.1, 0.2] }, { name = adamw } ] }",
                "training { learning-rate = [1, 2], optimizer { name = [sgd, adamw] }, time-limit = 90 s }",
                "seeds = [3, 4], limits { training-memory = \"2 GiB\" }",
                "latency { for = none, maximum-time = 5 s }",
            })
    void theResolvedStudyReadsAsTheSameStudy(String text) {
        String grid = "{ family = bottleneck, mid = [8, null], mid-ratio = [0.5, null], cardinality = [[1, 2, 4]] },"
                + " { family = inverted-bottleneck, expansion = { from = 1, to = 3, step = 1 }, seeds = [7] }";
        Study study = StudyFiles.read(folder, StudyFiles.gridText(grid) + text);
        Study again = StudyFiles.read(folder, study.resolved());
        assertThat(again.training()).isEqualTo(study.training());
        assertThat(again.limits()).isEqualTo(study.limits());
        assertThat(again.latency()).isEqualTo(study.latency());
        assertThat(again.objectives()).isEqualTo(study.objectives());
        assertThat(again.input()).isEqualTo(study.input());
        assertThat(again.grid()).hasSameSizeAs(study.grid());
        for (int i = 0; i < study.grid().size(); i++) {
            assertThat(again.grid().get(i).seeds())
                    .isEqualTo(study.grid().get(i).seeds());
            assertThat(again.grid().get(i).axes())
                    .extracting(Axis::values)
                    .isEqualTo(study.grid().get(i).axes().stream()
                            .map(Axis::values)
                            .toList());
        }
        assertThat(again.resolved()).isEqualTo(study.resolved());
    }

    @Test
    void everyDefaultIsWrittenOut() {
        String resolved = StudyFiles.read(folder, StudyFiles.LEAST).resolved();
        assertThat(resolved)
                .contains("batch-size=128", "weight-decay=5.0E-4", "norm=batch", "minimum-samples=1000")
                .doesNotContain("adamw", "families");
    }

    @Test
    void secretsAreTakenOut() {
        Study study = StudyFiles.read(folder, """
                study = x, grid = [ { family = residual } ]
                data { source = "s3a://key:hush1@bucket/images" }
                let { fs.s3a.secret.key = hush2, access-key = hush3, password = [hush4], session-token { a = hush5 } }
                """);
        assertThat(study.data().get(0).source()).isEqualTo("s3a://key:hush1@bucket/images");
        assertThat(study.resolved())
                .doesNotContain("hush")
                .contains("source=\"s3a://(redacted)@bucket/images\"", "access-key=\"(redacted)\"");
    }
}
