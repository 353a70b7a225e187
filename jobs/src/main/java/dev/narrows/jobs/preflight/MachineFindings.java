package dev.narrows.jobs.preflight;

import dev.narrows.engine.Host;
import dev.narrows.engine.LatencyProbe;
import dev.narrows.engine.StudyDevice;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.jobs.preflight.Finding.Severity;
import dev.narrows.jobs.preflight.Finding.Topic;
import dev.narrows.jobs.process.LibraryToFetch;
import dev.narrows.study.Precision;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** Findings about the place in which trials will run: its device, and the precision that they are computed in. */
final class MachineFindings {
    private final PlannedStudy planned;
    private final SparkConf conf;

    MachineFindings(PlannedStudy planned, SparkConf conf) {
        this.planned = planned;
        this.conf = conf;
    }

    /** True where trials run inside this process. */
    static boolean isHere(SparkConf conf) {
        return conf.get("spark.master", "local").startsWith("local");
    }

    /** @throws LibraryToFetch where the study needs a library that the launcher can download */
    static void askForLibraries(Study study) {
        if (LibraryToFetch.isPossible()) {
            LatencyProbe.missing(study.latency().runtimes()).ifPresent(message -> {
                throw new LibraryToFetch(message);
            });
        }
    }

    List<Finding> all() {
        Study study = planned.study();
        List<Finding> findings = new ArrayList<>();
        if (study.data().isEmpty()) {
            findings.add(new Finding(
                    Severity.ERROR,
                    Topic.IMAGES,
                    study.file(),
                    "Cannot run study %s: it has an input to plan for, but no data to train on".formatted(study.name()),
                    Map.of(),
                    ""));
            return findings;
        }
        askForLibraries(study);
        LatencyProbe.missing(study.latency().runtimes())
                .ifPresent(message ->
                        findings.add(new Finding(Severity.ERROR, Topic.LATENCY, study.file(), message, Map.of(), "")));
        findings.add(
                Finding.fact(Topic.DEVICE, "trials train on %s in %s".formatted(device(), precisions()), Map.of()));
        findings.addAll(warnings());
        return findings;
    }

    /** Precisions that are unwise on the device, and devices whose rows cannot be compared. */
    List<Finding> warnings() {
        StudyDevice device = planned.device();
        Stream<String> precisions = isHere(conf) || device.isGpu()
                ? resolved().flatMap(precision -> device.advice(precision).stream())
                : Stream.empty();
        return Stream.concat(precisions, device.mixed().stream())
                .map(advice -> new Finding(Severity.WARNING, Topic.DEVICE, "", advice, Map.of(), ""))
                .toList();
    }

    private Stream<Precision> resolved() {
        return planned.study().training().stream()
                .map(Training::precision)
                .map(planned.device()::resolve)
                .distinct();
    }

    private String device() {
        StudyDevice device = planned.device();
        if (device.isGpu()) {
            return device.isKnown() ? device.text() : "the GPUs of " + conf.get("spark.master");
        }
        return isHere(conf)
                ? "this machine's processor (%s)"
                        .formatted(Host.environment("cpu", Precision.FP32, 1).processor())
                : "the processors of " + conf.get("spark.master");
    }

    private String precisions() {
        boolean open = planned.study().training().stream().anyMatch(training -> training.precision() == Precision.AUTO);
        return resolved()
                        .map(precision -> precision.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" and "))
                + (open ? " (auto: chosen for %s)".formatted(planned.device().text()) : "");
    }
}
