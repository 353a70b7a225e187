package dev.narrows.jobs.show;

import dev.narrows.jobs.document.Documents;
import dev.narrows.results.TrialRow;
import dev.narrows.study.Measure;
import dev.narrows.tradeoff.Effect;
import dev.narrows.tradeoff.Quality;
import dev.narrows.tradeoff.VariantSummary;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.GpuConditions;
import dev.narrows.trial.GpuEnvironment;
import dev.narrows.trial.LatencyRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One trial for a person: its row and its learning curve. */
public final class TrialCard {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final TrialRow row;
    private final VariantSummary variant;
    private final Terminal terminal;

    public TrialCard(TrialRow row, VariantSummary variant, Terminal terminal) {
        this.row = row;
        this.variant = variant;
        this.terminal = terminal;
    }

    public void print() {
        terminal.say("@|bold %s|@, seed %d".formatted(variant.label(), row.seed()));
        terminal.say("trial %s of study %s, variant %s".formatted(row.trialId(), row.study(), row.variantId()));
        terminal.say("");
        List<NamedValue> lines = new ArrayList<>();
        add(lines, "outcome", outcome());
        for (Measure measure : Measure.values()) {
            if (measure.isQuality() && !Double.isNaN(Quality.of(row, measure))) {
                add(lines, measure.label(), Numbers.percent(Quality.of(row, measure)));
            }
        }
        measured(lines);
        add(lines, "training", training());
        add(lines, "settings", settings());
        add(lines, "where", environment());
        add(lines, "when", when());
        add(lines, "software", software());
        new Grid<>(lines)
                .words("", NamedValue::name)
                .rest("", NamedValue::value, terminal)
                .print(terminal, line -> false);
        List<Epoch> epochs = row.result().epochs();
        if (!epochs.isEmpty()) {
            terminal.say("");
            new LearningCurve(epochs).print(terminal);
        }
    }

    private record NamedValue(String name, String value) {}

    private static void add(List<NamedValue> lines, String name, @Nullable String value) {
        if (value != null) {
            lines.add(new NamedValue(name, value));
        }
    }

    private String outcome() {
        String message = row.result().message();
        return row.outcome().word() + (message == null ? "" : ": " + message);
    }

    private void measured(List<NamedValue> lines) {
        for (Measure measure : List.of(Measure.PARAMS, Measure.MACS, Measure.ACTIVATIONS)) {
            add(lines, measure.word(), Numbers.measure(measure, variant.measure(measure)));
        }
        boolean several =
                variant.latency().stream().map(LatencyRow::runtime).distinct().count() > 1;
        String latency = variant.latency().stream()
                .map(probe -> (several ? Documents.word(probe.runtime()) + " " : "") + latency(probe))
                .collect(Collectors.joining(", "));
        add(lines, "latency", latency.isEmpty() ? null : latency);
        Long peak = row.result().peakMemoryBytes();
        add(lines, "peak memory", peak == null ? null : Numbers.bytes(peak));
    }

    private static String latency(LatencyRow probe) {
        return "p50 %s at batch %d%s"
                .formatted(
                        Numbers.micros(probe.p50Micros()),
                        probe.batchSize(),
                        probe.unstable() ? " (unstable%s)".formatted(disturbance(probe)) : "");
    }

    private static String disturbance(LatencyRow probe) {
        GpuConditions conditions = probe.conditions();
        return conditions == null || conditions.disturbance().isEmpty() ? "" : ": GPU " + conditions.disturbance();
    }

    private String training() {
        var training = row.training();
        String speed = row.result().imagesPerSecond() == null
                ? ""
                : String.format(Locale.ENGLISH, ", %.0f images/s", row.result().imagesPerSecond());
        return "%d epochs, batch size %d, learning rate %s, %s%s"
                .formatted(
                        training.epochs(),
                        training.batchSize(),
                        training.learningRate(),
                        row.result().trainSeconds() == null
                                ? "not finished"
                                : Numbers.duration(row.result().trainSeconds()),
                        speed);
    }

    private String settings() {
        return row.settings().values().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + Effect.show(entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private String environment() {
        Environment environment = row.result().environment();
        GpuEnvironment gpu = environment.gpu();
        return Stream.of(
                        environment.host(),
                        environment.processor(),
                        environment.device(),
                        gpu == null ? "" : gpu.model(),
                        gpu == null || gpu.computeCapability().isEmpty()
                                ? ""
                                : "compute capability " + gpu.computeCapability(),
                        environment.precision(),
                        Numbers.counted(environment.threads(), "intra-op thread"),
                        Objects.requireNonNullElse(row.result().form(), ""))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String software() {
        Environment environment = row.result().environment();
        GpuEnvironment gpu = environment.gpu();
        return Stream.of(
                        environment.versions().replace(";", ", "),
                        gpu == null ? "" : version("driver", gpu.driver()),
                        gpu == null ? "" : version("cuda", gpu.cuda()),
                        gpu == null ? "" : version("cudnn", gpu.cudnn()))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String version(String name, String version) {
        return version.isEmpty() ? "" : name + "=" + version;
    }

    private String when() {
        return "%s, %s in all"
                .formatted(
                        WHEN.format(Instant.ofEpochMilli(row.result().startedAt())),
                        Numbers.duration(row.result().totalSeconds()));
    }
}
