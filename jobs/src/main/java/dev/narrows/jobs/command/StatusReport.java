package dev.narrows.jobs.command;

import dev.narrows.jobs.document.StatusDocument;
import dev.narrows.jobs.folder.RunningFile;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.results.TrialRow;
import dev.narrows.study.BadInput;
import dev.narrows.study.Measure;
import dev.narrows.tradeoff.Quality;
import dev.narrows.tradeoff.StudyResults;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Output of {@code status}: the progress of a study, from its results folder. */
public final class StatusReport {
    private static final int RUNNING_SHOWN = 10;
    private static final double MILLIS = 1000;

    private final StudyPlace place;
    private final Terminal terminal;

    public StatusReport(GivenStudy given, Terminal terminal) {
        place = given.place();
        this.terminal = terminal;
    }

    public void print(FormatOption format) {
        StudyResults results = place.found()
                .orElseThrow(() -> new BadInput("Cannot show the status of the study in %s: it has not been run there"
                        .formatted(place.folder())));
        boolean whole = results.planned().isPresent();
        Optional<String> driver = place.folder().driver();
        List<TrialRow> ended = results.trials();
        Map<String, Long> outcomes = ended.stream()
                .collect(Collectors.groupingBy(row -> row.outcome().word(), TreeMap::new, Collectors.counting()));
        Measure quality = Quality.ofRows(results.objectives(), ended);
        Optional<TrialRow> best = ended.stream()
                .filter(row -> !Double.isNaN(Quality.of(row, quality)))
                .max(Comparator.comparingDouble(row -> Quality.of(row, quality)));
        List<RunningFile.Entry> running = driver.isPresent() ? RunningFile.read(place.folder()) : List.of();
        results.notes().forEach(terminal::note);
        format.print(
                terminal,
                () -> new StatusDocument(
                        results.name(),
                        place.folder().toString(),
                        ended.size(),
                        whole ? results.size() : null,
                        outcomes,
                        driver.orElse(null),
                        running.stream().map(StatusReport::document).toList(),
                        best.map(row -> new StatusDocument.BestTrial(
                                        row.trialId(),
                                        row.variant(),
                                        row.seed(),
                                        quality.word(),
                                        Quality.of(row, quality)))
                                .orElse(null),
                        results.notes()),
                () -> {
                    terminal.say(
                            whole
                                    ? "@|bold %s|@: %d of %s %s ended"
                                            .formatted(
                                                    results.name(),
                                                    ended.size(),
                                                    Numbers.counted(results.size(), "trial"),
                                                    results.size() == 1 ? "has" : "have")
                                    : "@|bold %s|@: %s %s ended"
                                            .formatted(
                                                    results.name(),
                                                    Numbers.counted(ended.size(), "trial"),
                                                    ended.size() == 1 ? "has" : "have"));
                    outcomes.forEach((outcome, count) -> terminal.say("  %d %s".formatted(count, outcome)));
                    print(running);
                    best.ifPresent(row -> terminal.say("  best so far: %s%s, %s"
                            .formatted(
                                    Quality.nameBefore(quality),
                                    Numbers.percent(Quality.of(row, quality)),
                                    row.variant())));
                    if (whole || driver.isPresent()) {
                        terminal.say(driver.map(holder -> "A driver %s is running this study".formatted(holder))
                                .orElse(
                                        ended.size() < results.size()
                                                ? "No driver is running it; narrows run continues where it stopped"
                                                : "It is complete"));
                    }
                });
    }

    private static StatusDocument.RunningTrialDocument document(RunningFile.Entry entry) {
        return new StatusDocument.RunningTrialDocument(
                entry.trial(), entry.host(), (System.currentTimeMillis() - entry.since()) / MILLIS);
    }

    private void print(List<RunningFile.Entry> running) {
        if (!running.isEmpty()) {
            terminal.say("  %d running".formatted(running.size()));
        }
        long now = System.currentTimeMillis();
        running.stream()
                .limit(RUNNING_SHOWN)
                .forEach(one -> terminal.say("    %s on %s for %s"
                        .formatted(one.trial(), one.host(), Numbers.duration((now - one.since()) / MILLIS))));
        if (running.size() > RUNNING_SHOWN) {
            terminal.say("    and %d more, for less time".formatted(running.size() - RUNNING_SHOWN));
        }
    }
}
