package dev.narrows.jobs.report;

import dev.narrows.jobs.report.Page.Fact;
import dev.narrows.jobs.report.Page.StudyState;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.ShellWord;
import dev.narrows.results.TrialRow;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Study;
import dev.narrows.study.Training;
import dev.narrows.tradeoff.MixedForms;
import dev.narrows.trial.Environment;
import dev.narrows.trial.LatencyRow;
import dev.narrows.trial.Outcome;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The facts of a study: its variants, trials, images and machines, and its progress. */
final class Facts {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm z", Locale.ENGLISH).withZone(ZoneId.systemDefault());
    private static final int NAMED = 4;

    private Facts() {}

    static StudyState state(Findings findings) {
        int ended = findings.ended().size();
        int trials = findings.results().size();
        long failed =
                findings.ended().stream().filter(row -> !row.outcome().counts()).count();
        String failures = failed == 0 ? "" : ", %d of them failed".formatted(failed);
        if (trials == 0) {
            return new StudyState("bad", "has no trials");
        }
        if (findings.results().planned().isEmpty()) {
            return new StudyState(
                    "part",
                    "%,d trials have ended%s; the public tables do not say how many were planned"
                            .formatted(ended, failures));
        }
        if (ended == trials && findings.results().source().running()) {
            return new StudyState("going", "still running: all %,d trials have ended%s".formatted(ended, failures));
        }
        if (ended < trials) {
            String how = findings.results().source().running() ? "still running" : "stopped";
            return new StudyState(
                    findings.results().source().running() ? "going" : "part",
                    "%s: %,d of %,d trials have ended%s".formatted(how, ended, trials, failures));
        }
        return failed == 0
                ? new StudyState("done", "complete: all %,d trials have ended".formatted(ended))
                : new StudyState("bad", "all %,d trials have ended%s".formatted(ended, failures));
    }

    static List<Fact> of(Findings findings) {
        Study study = findings.study();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Variants", variants(findings)));
        facts.add(new Fact("Trials", trials(findings)));
        if (!study.data().isEmpty()) {
            facts.add(new Fact("Images", each(study.data(), Facts::images)));
        }
        facts.add(new Fact("Training", each(study.training(), Facts::training)));
        List<Environment> environments = environments(findings).toList();
        if (!environments.isEmpty()) {
            facts.add(new Fact(
                    "Ran on",
                    "%s · %s · %s"
                            .formatted(
                                    each(environments, Environment::processor),
                                    each(environments, environment -> device(environment)),
                                    each(
                                            environments,
                                            environment -> "%s, %d intra-op %s"
                                                    .formatted(
                                                            environment.precision(),
                                                            environment.threads(),
                                                            environment.threads() == 1 ? "thread" : "threads")))));
            facts.add(new Fact(
                    "Took",
                    "%s of trials in all"
                            .formatted(Numbers.duration(findings.ended().stream()
                                    .mapToDouble(row -> row.result().totalSeconds())
                                    .sum()))));
        }
        return facts;
    }

    static String written(Instant moment) {
        return MOMENT.format(moment);
    }

    private static String device(Environment environment) {
        return environment.device().startsWith("gpu")
                ? "GPU"
                : environment.device().toUpperCase(Locale.ROOT);
    }

    private static String variants(Findings findings) {
        List<String> families = findings.plan().variants().stream()
                .map(variant -> variant.family())
                .distinct()
                .toList();
        int rejected = findings.plan().rejections().size();
        return "%,d of %s%s"
                .formatted(
                        findings.plan().variants().size(),
                        families.size() <= NAMED
                                ? String.join(", ", families)
                                : "%d families".formatted(families.size()),
                        rejected == 0 ? "" : "; %,d rejected".formatted(rejected));
    }

    private static String trials(Findings findings) {
        int most = findings.plan().variants().stream()
                .mapToInt(variant -> variant.seeds().size())
                .max()
                .orElse(0);
        int least = findings.plan().variants().stream()
                .mapToInt(variant -> variant.seeds().size())
                .min()
                .orElse(0);
        String seeds = most == least
                ? "%d %s".formatted(most, most == 1 ? "seed" : "seeds")
                : "%d to %d seeds".formatted(least, most);
        return "%,d of %,d ended; %s per variant"
                .formatted(findings.ended().size(), findings.results().size(), seeds);
    }

    private static String images(DataSpec data) {
        return "%s: %s to train on, %s for validation"
                .formatted(
                        data.source(),
                        data.train().map("%,d"::formatted).orElse("all"),
                        data.validation().map("%,d"::formatted).orElse("a share"));
    }

    private static String training(Training training) {
        return "%d %s, batch %d, %s, %s at %s"
                .formatted(
                        training.epochs(),
                        training.epochs() == 1 ? "epoch" : "epochs",
                        training.batchSize(),
                        training.optimizer().label(),
                        training.schedule().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        training.learningRate());
    }

    static List<Fact> provenance(Findings findings) {
        List<Fact> facts = new ArrayList<>();
        List<Environment> environments = environments(findings).toList();
        if (!environments.isEmpty()) {
            facts.add(new Fact("Hosts", each(environments, Environment::host)));
            facts.add(new Fact("Processors", each(environments, Environment::processor)));
            facts.add(new Fact("Devices", each(environments, Environment::device)));
            MixedForms.note(findings.ended().stream()).ifPresent(note -> facts.add(new Fact("Forms", note)));
            facts.add(new Fact(
                    "Made by",
                    each(environments, environment -> environment.versions().replace(";", ", "))));
        }
        Stream.of(
                        findings.ended().stream()
                                .map(row -> row.result().startedAt())
                                .min(Long::compare),
                        findings.ended().stream()
                                .map(row -> row.result().startedAt())
                                .max(Long::compare))
                .flatMap(java.util.Optional::stream)
                .map(millis -> MOMENT.format(Instant.ofEpochMilli(millis)))
                .distinct()
                .reduce((first, last) -> first + " to " + last)
                .ifPresent(moments -> facts.add(new Fact("Trials began", moments)));
        String fingerprints = findings.ended().stream()
                .map(TrialRow::dataFingerprint)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .limit(NAMED)
                .collect(Collectors.joining(", "));
        if (!fingerprints.isEmpty()) {
            facts.add(new Fact("Fingerprint of the images and their split", fingerprints));
        }
        facts.add(new Fact("Results", findings.results().source().folder()));
        return facts;
    }

    static List<Fact> commands(Findings findings) {
        if (findings.results().source().studyFile().isEmpty()) {
            return List.of(new Fact(
                    "Write this page again",
                    "bin/narrows report %s --to FILE"
                            .formatted(findings.results().source().folder())));
        }
        return List.of(
                new Fact(
                        "Train what is missing, measure, write tables and this page",
                        "bin/narrows run %s"
                                .formatted(
                                        ShellWord.of(findings.results().source().folder()))),
                new Fact(
                        "Write this page again",
                        "bin/narrows report %s"
                                .formatted(
                                        ShellWord.of(findings.results().source().folder()))));
    }

    private static Stream<Environment> environments(Findings findings) {
        return Stream.concat(
                        findings.ended().stream()
                                .filter(row -> row.outcome() != Outcome.CRASHED)
                                .map(row -> row.result().environment()),
                        findings.results().latency().stream().map(LatencyRow::environment))
                .distinct();
    }

    /** The words of the entries, each once. */
    private static <T> String each(List<T> entries, Function<T, String> word) {
        List<String> words = entries.stream().map(word).distinct().toList();
        return words.size() <= NAMED
                ? String.join("; ", words)
                : "%s; and %d more".formatted(String.join("; ", words.subList(0, NAMED)), words.size() - NAMED);
    }
}
