package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.cost.Cost;
import dev.narrows.jobs.CommandLineRun;
import dev.narrows.jobs.Trials;
import dev.narrows.results.Journal;
import dev.narrows.results.TrialRow;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.trial.Environment;
import dev.narrows.trial.GpuEnvironment;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code best}, {@code compare} and {@code show}, from a folder of results alone. */
class ResultsCommandsTest {
    private static final int IMAGES = 200;

    @TempDir
    private Path folder;

    private Journal journal;
    private final List<String> planned = new ArrayList<>();

    @BeforeEach
    void folderOfAStudy() throws IOException {
        Files.writeString(folder.resolve("_study"), "tests\n");
        journal = Journal.open(folder.toUri().toString(), new Configuration());
    }

    /** Right on the first images. */
    private void trial(String id, String variant, long seed, int right, long params) throws IOException {
        Trial plain = Trials.trial(id);
        Trial trial = new Trial(
                id,
                "v" + variant,
                plain.study(),
                "plain " + variant,
                plain.family(),
                plain.settings(),
                plain.network(),
                plain.input(),
                plain.classes(),
                seed,
                plain.training(),
                plain.data());
        BitSet hits = new BitSet();
        hits.set(0, right);
        double accuracy = (double) right / IMAGES;
        TrialResult result = Trials.completed(trial, accuracy, hits);
        journal.commit(TrialRow.of(trial, new Cost(params, 10 * params, 5, 1), result));
        plan(id);
    }

    private void plan(String id) throws IOException {
        planned.add(id);
        Files.writeString(folder.resolve("_trials"), String.join("\n", planned) + "\n");
    }

    private CommandLineRun run(String... words) {
        return CommandLineRun.of((Object[]) words);
    }

    @Test
    void bestIsTakenUnderConstraintsWithItsReasonAndCertainty() throws IOException {
        trial("aaaa1", "small", 0, 150, 100);
        trial("aaaa2", "small", 1, 152, 100);
        trial("bbbb1", "large", 0, 170, 1000);
        trial("bbbb2", "large", 1, 174, 1000);
        plan("cccc1");
        CommandLineRun best = run("best", folder.toString());
        assertThat(best.exitCode()).isZero();
        assertThat(best.out())
                .contains("Take plain large (vlarge)")
                .contains("the highest validation_accuracy of 2 variants")
                .contains("against the next, plain small: +10.50 points, 95 % interval")
                .contains("by 2 seeds and 200 images")
                .contains("1 of 5 trials have not ended; their results may change this choice");
        CommandLineRun limited = run("best", folder.toString(), "--where", "params <= 0.5k");
        assertThat(limited.out()).contains("Take plain small").contains("no other variant meets the constraints");
    }

    @Test
    void oneSeedHasNoIntervalAndItSaysWhy() throws IOException {
        trial("aaaa1", "small", 0, 150, 100);
        trial("bbbb1", "large", 0, 170, 1000);
        assertThat(run("best", folder.toString()).out())
                .contains("+10.00 points, no interval: one seed does not tell what another would give");
        CommandLineRun compared = run("compare", "aaaa1", "bbbb1", "--in", folder.toString());
        assertThat(compared.exitCode()).isZero();
        assertThat(compared.out())
                .contains(
                        "Of 200 validation images both are right on 150, the first alone on 0, the second alone on 20")
                .contains("no interval: one seed does not tell what another would give");
    }

    @Test
    void studiesAreComparedByWhatIsInBoth(@TempDir Path other) throws IOException {
        trial("aaaa1", "small", 0, 150, 100);
        trial("aaaa2", "small", 1, 152, 100);
        CommandLineRun compared = run("compare", folder.toString(), folder + "/");
        assertThat(compared.exitCode()).isZero();
        assertThat(compared.out()).contains("The second against the first, mean of 1 variant in both: 0.00 points");
        CommandLineRun refused = run("compare", folder.toString(), other.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("Cannot read the results in " + other + ": it is not the results folder of a study");
    }

    @Test
    void studiesThatWereOnlyTimedAreComparedByTheirLatency(@TempDir Path other) throws IOException {
        Files.writeString(other.resolve("_study"), "tests\n");
        Journal second = Journal.open(other.toUri().toString(), new Configuration());
        for (int network = 1; network <= 3; network++) {
            journal.commitLatency(latency("v" + network, network));
            second.commitLatency(latency("v" + network, 1.02 * network));
        }
        CommandLineRun compared = run("compare", folder.toString(), other.toString());
        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(compared.out().lines().filter(line -> line.contains("torch")))
                .singleElement()
                .asString()
                .containsSubsequence("torch", "1", "3", "1.020", "2.0 %", "2.0 %", "1.000", "plain");
    }

    private static LatencyRow latency(String variantId, double relative) {
        Environment environment = new Environment("host", "processor", "cpu", "fp32", 1, "a=1");
        return new LatencyRow(
                variantId,
                "plain " + variantId,
                LatencyRuntime.TORCH,
                1,
                1000,
                90 * relative,
                100 * relative,
                110,
                120,
                5,
                false,
                1e4 / relative,
                100,
                relative,
                environment,
                0);
    }

    @Test
    void aTrialOfAGpuIsShownWithTheGpuAndItsSoftware() throws IOException {
        Trial trial = Trials.trial("aaaa1");
        Environment environment = new Environment(
                "host",
                "processor",
                "gpu:1",
                "bf16",
                1,
                "narrows=1;tf32=off",
                new GpuEnvironment("NVIDIA H100 80GB HBM3", "9.0", "570.86.10", "12.6", ""));
        TrialResult result = TrialResult.bare("aaaa1", Outcome.FAILED, "for once", environment, 0, 1);
        journal.commit(TrialRow.of(trial, new Cost(1, 1, 1, 1), result));
        plan("aaaa1");
        CommandLineRun shown = run("show", "aaaa", "--in", folder.toString());
        assertThat(shown.out())
                .contains("host, processor, gpu:1, NVIDIA H100 80GB HBM3, compute capability 9.0, bf16")
                .contains("narrows=1, tf32=off, driver=570.86.10, cuda=12.6\n");
    }

    @Test
    void trialIsShownWithItsCurveAndTheCommandToRunItAgain() throws IOException {
        trial("aaaa1", "small", 3, 150, 100);
        CommandLineRun shown = run("show", "aaaa", "--in", folder.toString());
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out())
                .contains("plain small, seed 3")
                .contains("validation accuracy  75.00 %")
                .contains("█")
                .contains(
                        "narrows run " + folder + "/study.conf --output results/again-aaaa1 --set 'grid=[{family=plain")
                .contains("seeds=[3]");
        CommandLineRun missing = run("show", "dddd", "--in", folder.toString());
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err())
                .contains("Cannot find 'dddd': no trial or variant in " + folder)
                .contains("such as aaaa1 (plain small, seed 3)");
    }

    @Test
    void whatCannotBeChosenFromIsRefusedWithTheReason() throws IOException {
        plan("aaaa1");
        assertThat(run("best", folder.toString()).err().strip())
                .isEqualTo("Cannot choose in %s: its only trial has not ended yet".formatted(folder));
        Trial failed = Trials.trial("aaaa1");
        journal.commit(TrialRow.of(
                failed,
                new Cost(1, 1, 1, 1),
                TrialResult.bare(
                        "aaaa1",
                        Outcome.FAILED,
                        "no luck",
                        Trials.completed(failed, 0).environment(),
                        0,
                        0.01)));
        CommandLineRun allFailed = run("best", folder.toString());
        assertThat(allFailed.exitCode()).isEqualTo(2);
        assertThat(allFailed.err())
                .contains("of 1 ended trial none has completed; the first: plain aaaa1: failed: no luck");
        trial("bbbb1", "large", 0, 170, 1000);
        CommandLineRun unmeasured = run("best", folder.toString(), "--where", "latency_p50_us < 5 and params < 7");
        assertThat(unmeasured.exitCode()).isEqualTo(2);
        assertThat(unmeasured.err()).contains("Cannot choose by latency_p50_us").contains("no variant has it");
        CommandLineRun none = run("best", folder.toString(), "--where", "params < 7 and macs > 1M");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("none of 2 variants meets params < 7 and macs > 1000000");
    }
}
