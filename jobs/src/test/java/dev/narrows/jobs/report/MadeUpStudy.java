package dev.narrows.jobs.report;

import dev.narrows.results.TrialDescription;
import dev.narrows.results.TrialRow;
import dev.narrows.space.Plan;
import dev.narrows.space.Planner;
import dev.narrows.space.Variant;
import dev.narrows.study.DataSpec;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import dev.narrows.study.reading.StudyReader;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Overlap;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Results that nobody trained: real plans and costs, accuracies drawn about a curve that grows with the params. */
final class MadeUpStudy {
    static final int IMAGES = 1000;
    private static final Environment ENVIRONMENT = new Environment(
            "host-1", "Some Processor", "cpu", "bf16", 1, "narrows=0.1.0;commit=abc123;djl=0.35.1;java=17");

    private final Study study;
    private final Plan plan;
    private final Random random = new Random(1);
    final List<TrialRow> rows = new ArrayList<>();
    final List<LatencyRow> latency = new ArrayList<>();

    private MadeUpStudy(Study study) {
        this.study = study;
        plan = Planner.plan(study);
    }

    /** @param conf a study that only plans */
    static MadeUpStudy of(Path folder, String conf) throws IOException {
        Path file = folder.resolve("made-up.conf");
        Files.writeString(file, conf);
        return new MadeUpStudy(StudyReader.read(file, List.of()));
    }

    /** Three families and two to three seeds; one variant is over the limit. */
    static MadeUpStudy usual(Path folder) throws IOException {
        return of(folder, """
                study = made-up
                question = "Does a thin middle pay?"
                input { shape = [1, 28, 28], classes = 10 }
                grid = [
                  { family = bottleneck, stem { width = 16 }, widths = [32, 64], depths = [1, 1], strides = [1, 2]
                    mid-ratio = [0.125, 0.25, 0.5], cardinality = [1, 4], seeds = [0, 1, 2] }
                  { family = inverted-bottleneck, stem { width = 16 }, widths = [16, 32], depths = [1, 1], strides = \
                [1, 2]
                    expansion = [2, 4], linear = [true, false], seeds = [0, 1, 2] }
                  { family = residual, stem { width = 16 }, widths = [[16, 32], [128, 512]], depths = [1, 1], strides \
                = [1, 2], seeds = [0, 1] }
                ]
                training { epochs = 4 }
                limits { params = 1000000 }
                objectives = [ { maximize = validation_accuracy }, { minimize = params }, { minimize = latency_p50_us \
                } ]
                """);
    }

    Study study() {
        return study;
    }

    List<Variant> variants() {
        return plan.variants();
    }

    /** Every trial of every variant, completed, and a latency each. */
    MadeUpStudy complete() {
        plan.variants().forEach(variant -> {
            variant.seeds().forEach(seed -> completed(variant, seed, false));
            probed(variant, 1);
            probed(variant, 32);
        });
        return this;
    }

    void completed(Variant variant, long seed, boolean masks) {
        double level = 0.95 - 0.6 / Math.log10(10.0 + variant.cost().params()) + 0.01 * random.nextGaussian();
        BitSet hits = new BitSet();
        Random images = new Random(7);
        for (int i = 0; i < IMAGES; i++) {
            // What is hard is hard for every variant.
            if (images.nextDouble() + 0.05 * random.nextGaussian() < level) {
                hits.set(i);
            }
        }
        double accuracy = hits.cardinality() / (double) IMAGES;
        List<Epoch> epochs = new ArrayList<>();
        int last = study.training().get(0).epochs();
        for (int epoch = 1; epoch <= last; epoch++) {
            double so = epoch == last ? accuracy : accuracy * (1 - 0.4 / epoch) + 0.01 * random.nextGaussian();
            epochs.add(new Epoch(
                    epoch,
                    2.0 / epoch,
                    so,
                    2.2 / epoch,
                    so,
                    null,
                    0.1,
                    1.0 / epoch,
                    2,
                    0.2,
                    masks ? new Overlap(so * 0.8, so * 0.9) : null));
        }
        add(variant, seed, Outcome.COMPLETED, null, epochs, masks ? null : hits);
    }

    void failed(Variant variant, long seed, Outcome outcome, String message) {
        add(variant, seed, outcome, message, List.of(), null);
    }

    private static String id(Variant variant, long seed) {
        return "%s%d".formatted(variant.id(), seed);
    }

    private void add(
            Variant variant,
            long seed,
            Outcome outcome,
            @Nullable String message,
            List<Epoch> epochs,
            @Nullable BitSet hits) {
        Training training = study.training().get(0);
        String id = id(variant, seed);
        boolean whole = outcome == Outcome.COMPLETED;
        rows.add(new TrialRow(
                new TrialDescription(
                        id,
                        study.name(),
                        variant.id(),
                        variant.label(),
                        variant.family(),
                        variant.settings(),
                        variant.input(),
                        variant.classes(),
                        seed,
                        variant.cost(),
                        4_000_000L,
                        40_000L,
                        training,
                        new DataSpec("made-up", Optional.of(4000), Optional.of(IMAGES), Optional.empty(), 0),
                        "f00d"),
                new TrialResult(
                        id,
                        outcome,
                        message,
                        epochs,
                        whole ? 0.75 : null,
                        null,
                        null,
                        hits,
                        null,
                        whole ? 8.0 : null,
                        whole ? 2000.0 : null,
                        0.5,
                        0.05,
                        null,
                        ENVIRONMENT,
                        null,
                        1_700_000_000_000L + rows.size() * 9000L,
                        9)));
    }

    void probed(Variant variant, int batch) {
        probed(variant, batch, LatencyRuntime.TORCH);
    }

    void probed(Variant variant, int batch, LatencyRuntime runtime) {
        double p50 = batch * (80 + variant.cost().macs() / 20_000.0) * (1 + 0.05 * random.nextDouble());
        latency.add(new LatencyRow(
                variant.id(),
                variant.label(),
                runtime,
                batch,
                1000,
                0.95 * p50,
                p50,
                1.2 * p50,
                1.9 * p50,
                0.08 * p50,
                false,
                batch / p50 * 1e6,
                30,
                p50 / 30,
                new Environment(
                        ENVIRONMENT.host(),
                        ENVIRONMENT.processor(),
                        ENVIRONMENT.device(),
                        ENVIRONMENT.precision(),
                        study.threads(),
                        ENVIRONMENT.versions()),
                1_700_000_900_000L));
    }

    StudyResults results(boolean running) {
        List<String> ids = plan.variants().stream()
                .flatMap(variant -> variant.seeds().stream().map(seed -> id(variant, seed)))
                .toList();
        return new StudyResults(
                study.name(),
                Optional.of(study),
                Optional.of(plan),
                Optional.of(ids),
                Map.of(),
                rows,
                latency,
                new StudyResults.ResultsSource("results/made-up", study.file(), running, List.of()));
    }

    String html() {
        return html(false);
    }

    String html(boolean running) {
        return StudyReport.html(results(running), Instant.EPOCH);
    }
}
