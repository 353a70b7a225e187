package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Results on an object store, through Hadoop's S3A. {@code -Dnarrows.s3.kills=20} makes a campaign of it, whose outcome
 * it prints.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class S3Test {
    private static final int KILLS = Integer.getInteger("narrows.s3.kills", 1);
    /** Of two variants each: up to 9 trials end before a kill on a quick machine, and the last must find some left. */
    private static final int SEEDS = 5 * KILLS - 1;

    @TempDir
    Path folder;

    private Path study;

    @BeforeEach
    void write() throws Exception {
        study = Files.writeString(folder.resolve("study.conf"), """
                study = stored
                data { source = "bundled:fashion-mnist", train = 400, validation = 200, test = 50 }
                grid = [ { family = bottleneck, stem { width = 8, stride = 2 }, widths = [8, 16], depths = [1, 1]
                           strides = [1, 2], mid-ratio = [0.25, 0.5], seeds = %s } ]
                training { epochs = 6, batch-size = 16, precision = fp32 }
                latency { for = none }
                """.formatted(
                        IntStream.range(0, SEEDS).boxed().toList()));
    }

    @Test
    void aDriverMayDieAtAnyMomentAndNothingIsLost() throws Exception {
        try (S3Store store = S3Store.start(folder, false)) {
            String outcome = S3Campaign.run(store, folder, study, KILLS, 1);
            assertThat(outcome).startsWith("%d kills of the driver in %d trials".formatted(KILLS, 2 * SEEDS));
            System.out.println(outcome);
            assertThat(store.names("killed"))
                    .contains("study.conf", "report.html", "latency.parquet", "layers.parquet")
                    .noneMatch(name -> name.contains("/.") || name.startsWith("."));
        }
    }

    @Test
    void wrongCredentialsAreOneLineWithoutASecret() throws Exception {
        try (S3Store store = S3Store.start(folder, true)) {
            Path said = folder.resolve("refused.txt");
            Process refused = store.narrows(said, "run", study.toString(), "--output", store.results("x"));
            assertThat(refused.waitFor()).isEqualTo(2);
            assertThat(said).content().doesNotContain(S3Store.SECRET);
            assertThat(Files.readAllLines(said))
                    .filteredOn(line -> !line.startsWith("Picked up") && !line.startsWith("WARNING: Using incubator"))
                    .singleElement()
                    .asString()
                    .startsWith("Cannot write results into s3a://narrows/x: the store refuses these credentials");
        }
    }
}
