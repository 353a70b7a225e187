package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short form of the campaign that {@code bin/campaign} runs for as long as one likes. */
class CampaignTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void killsLoseNothingAndBlameNobody() throws Exception {
        Path study = Files.writeString(folder.resolve("study.conf"), """
                study = campaign
                data { source = "bundled:fashion-mnist", train = 400, validation = 200, split-seed = 0 }
                grid = [ { family = residual, stem { width = 8 }, widths = [8, 16], depths = [1, 1], strides = [1, 2]
                           mid-ratio = [0.5, 1], seeds = [0, 1, 2] } ]
                training { epochs = 4, batch-size = 64, learning-rate = 0.05, precision = fp32 }
                latency { for = none }
                """);
        Campaign.Report report = Campaign.run(folder, study, 4, 1, 5000);
        assertThat(report.kills()).isEqualTo(4);
    }
}
