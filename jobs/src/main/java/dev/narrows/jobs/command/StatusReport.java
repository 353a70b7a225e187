package dev.narrows.jobs.command;

import dev.narrows.jobs.folder.RunningFile;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.results.TrialRow;
import dev.narrows.study.BadInput;
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

    public void print() {
        StudyResults results = place.found()
                .orElseThrow(() -> new BadInput("Cannot show the status of the study in %s: it has not been run there"
                        .formatted(place.folder())));
        boolean whole = results.planned().isPresent();
        Optional<String> driver = whole ? place.folder().driver() : Optional.empty();
        List<TrialRow> ended = whole && results.size() == 0 ? List.of() : results.trials();
        Map<String, Long> outcomes = ended.stream()
                .collect(Collectors.groupingBy(row -> row.outcome().word(), TreeMap::new, Collectors.counting()));
        terminal.say(
                whole
                        ? "@|bold %s|@: %d of %d trials have ended"
                                .formatted(results.name(), ended.size(), results.size())
                        : "@|bold %s|@: %d trials have ended".formatted(results.name(), ended.size()));
        outcomes.forEach((outcome, count) -> terminal.say("  %d %s".formatted(count, outcome)));
        if (driver.isPresent()) {
            running();
        }
        ended.stream()
                .max(Comparator.comparingDouble(StatusReport::accuracy))
                .filter(best -> accuracy(best) >= 0)
                .ifPresent(best -> terminal.say(
                        "  best so far: %s, %s".formatted(Numbers.percent(accuracy(best)), best.variant())));
        if (whole) {
            terminal.say(driver.map(holder -> "A driver %s is running this study".formatted(holder))
                    .orElse(
                            ended.size() < results.size()
                                    ? "No driver is running it; narrows run continues where it stopped"
                                    : "It is complete"));
        }
        results.notes().forEach(terminal::note);
    }

    private void running() {
        List<RunningFile.Entry> running = RunningFile.read(place.folder());
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

    /** Validation accuracy, or -1 where there is none. */
    private static double accuracy(TrialRow row) {
        Double accuracy = row.result().finalValidationAccuracy();
        return accuracy == null ? -1 : accuracy;
    }
}
