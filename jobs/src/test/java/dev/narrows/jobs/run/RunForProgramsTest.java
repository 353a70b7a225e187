package dev.narrows.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose progress and result a program reads. */
class RunForProgramsTest {
    private static final String STUDY = """
            study = piped
            data { source = "bundled:fashion-mnist", train = 100, validation = 50, test = 20 }
            grid = [ { family = plain, stem { width = 8, kernel = 3, stride = 2 }, widths = [8], depths = [1], strides \
            = [2]
                       seeds = [0, 1] } ]
            training { epochs = 2, batch-size = 50, precision = fp32 }
            latency { for = none }
            objectives = [ { maximize = validation_accuracy }, { minimize = params } ]
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    @AfterEach
    void stop() {
        LocalSpark.stop();
    }

    @Test
    void progressAndResultAreJson() throws Exception {
        Path study = Files.writeString(folder.resolve("piped.conf"), STUDY);
        Path output = folder.resolve("results");
        CommandLineRun run =
                CommandLineRun.of("run", study, "--output", output, "--format", "json", "--progress", "json");
        assertThat(run.exitCode()).as(run.err()).isZero();

        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> progress = new ArrayList<>();
        for (String line : run.err().lines().filter(one -> one.startsWith("{")).toList()) {
            progress.add(mapper.readTree(line));
        }
        JsonNode last = progress.get(progress.size() - 1);
        assertThat(last.get("pass").asText()).isEqualTo("training");
        assertThat(last.get("done").asInt()).isEqualTo(2);
        assertThat(last.get("total").asInt()).isEqualTo(2);
        assertThat(last.get("epochs_done").asInt()).isEqualTo(4);
        assertThat(last.get("epochs").asInt()).isEqualTo(4);
        assertThat(progress).extracting(node -> node.get("done").asInt()).isSorted();
        assertThat(progress).extracting(node -> node.get("epochs_done").asInt()).isSorted();

        JsonNode result = mapper.readTree(run.out());
        assertThat(result.get("exit_code").asInt()).isZero();
        assertThat(result.get("cancelled").asBoolean()).isFalse();
        assertThat(result.get("outcomes").get("completed").asInt()).isEqualTo(2);
        assertThat(result.get("variants")).hasSize(1);
        assertThat(result.get("variants").get(0).get("seeds").asInt()).isEqualTo(2);
        assertThat(result.get("tables").toString()).contains("variants.parquet", "pairs.parquet", "layers.parquet");

        CommandLineRun silent = CommandLineRun.of("run", study, "--output", output, "--progress", "none");
        assertThat(silent.exitCode()).isZero();
        assertThat(silent.err()).doesNotContain("{");
    }
}
