package dev.narrows.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.family.Settings;
import dev.narrows.space.Plan;
import dev.narrows.space.Planner;
import dev.narrows.space.Variant;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.trial.LatencyRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicTablesTest {
    private static final Configuration CONFIGURATION = new Configuration(false);

    @TempDir
    private Path folder;

    private void write(List<TrialRow> trials, List<LatencyRow> latency, List<LayerRow> layers) {
        RejectedRow rejected = new RejectedRow(
                "study", null, "plain", "plain", new Settings(Map.of("kernel", 5)), null, "Cannot build it");
        Tables.write(folder.toString(), CONFIGURATION, trials, Map.of(), latency, List.of(rejected), layers);
    }

    private PublicTables tables() {
        return PublicTables.open(folder.toString(), CONFIGURATION);
    }

    /** A row of a variant, as the journal has it. */
    private static TrialRow row(Variant variant, TrialRow like) {
        return new TrialRow(
                new TrialDescription(
                        like.trialId(),
                        like.study(),
                        variant.id(),
                        variant.label(),
                        variant.family(),
                        variant.settings(),
                        like.input(),
                        like.classes(),
                        like.seed(),
                        variant.cost(),
                        like.trainingMemoryBytes(),
                        like.inferenceMemoryBytes(),
                        like.training(),
                        like.data(),
                        like.dataFingerprint()),
                like.result());
    }

    /**
     * Knobs of one value, by stage and in lists; a column that two families share holds decimals of one, integers of
     * the other.
     */
    @Test
    void trialsComeBackAsTheyWentIn() throws IOException {
        Path study = Files.writeString(folder.resolve("public.conf"), """
                study = public
                input { shape = [1, 28, 28], classes = 10 }
                grid = [
                  { family = bottleneck, stem { width = 16 }, widths = [32, 64], depths = [1, 1], strides = [1, 2]
                    mid-ratio = [0.25, [0.25, 0.5]], cardinality = 2 }
                  { family = inverted-bottleneck, stem { width = 16 }, widths = [16, 32], depths = [1, 1], strides = \
                [1, 2] }
                  { family = inception, stem { width = 16 } }
                  { family = u-net, base-width = 4, depth = 2 }
                ]
                """);
        Plan plan = Planner.plan(StudyReader.read(study, List.of()));
        List<TrialRow> rows = new ArrayList<>();
        for (Variant variant : plan.variants()) {
            rows.add(row(variant, Rows.completed("c" + rows.size())));
            rows.add(row(variant, Rows.failed("f" + rows.size())));
        }
        assertThat(plan.variants()).hasSizeGreaterThan(3);
        write(rows, List.of(), List.of());
        assertThat(tables().haveTrials()).isTrue();
        assertThat(tables().trials()).containsExactlyElementsOf(rows);
    }

    @Test
    void theKnobsOfAFamilyThatIsNotHereGoByTheirColumns() {
        TrialRow known = Rows.completed("a");
        TrialRow foreign = new TrialRow(
                new TrialDescription(
                        known.trialId(),
                        known.study(),
                        known.variantId(),
                        known.variant(),
                        "somebody's",
                        new Settings(Map.of("mid-ratio", 0.25, "widths", List.of(8, 16))),
                        known.input(),
                        known.classes(),
                        known.seed(),
                        known.cost(),
                        known.trainingMemoryBytes(),
                        known.inferenceMemoryBytes(),
                        known.training(),
                        known.data(),
                        known.dataFingerprint()),
                known.result());
        write(List.of(foreign), List.of(), List.of());
        TrialRow read = tables().trials().get(0);
        assertThat(read.settings().values()).isEqualTo(Map.of("mid_ratio", 0.25, "widths", List.of(8, 16)));
        assertThat(read.result()).isEqualTo(foreign.result());
    }

    @Test
    void latenciesAndLabelsComeBackAsTheyWentIn() {
        List<LatencyRow> latency = List.of(Rows.latency("v1", 1, 100), Rows.latency("v2", 4, 50));
        write(List.of(Rows.completed("a")), latency, List.of());
        assertThat(tables().latency()).containsExactlyElementsOf(latency);
        assertThat(tables().labels()).isEmpty();
    }

    @Test
    void aFolderWithoutTablesHasNoTrials() {
        assertThat(tables().haveTrials()).isFalse();
        assertThat(tables().trials()).isEmpty();
        assertThat(tables().latency()).isEmpty();
    }
}
