package dev.narrows.jobs.command;

import dev.narrows.jobs.folder.ResultsFolder;
import dev.narrows.jobs.folder.RunningFile;
import dev.narrows.jobs.folder.UnreadableFiles;
import dev.narrows.jobs.show.Numbers;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.results.TrialRecords;
import dev.narrows.results.TrialRow;
import dev.narrows.study.BadInput;
import dev.narrows.study.StudyReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code status} prints: how far a study is, from what lies in its results folder. */
public final class StatusReport {
    private static final int RUNNING_SHOWN = 10;
    private static final double MILLIS = 1000;

    private final ResultsFolder folder;
    private final Terminal terminal;

    public StatusReport(ResultsFolder folder, Terminal terminal) {
        this.folder = folder;
        this.terminal = terminal;
    }

    /** The results folder that is meant by a study file, or by the folder itself. */
    public static ResultsFolder folder(String given) {
        if (given.contains("://") || Files.isDirectory(Path.of(given))) {
            return new ResultsFolder(given);
        }
        return new ResultsFolder(
                "results/" + StudyReader.read(Path.of(given), List.of()).name());
    }

    public void print() {
        String study = folder.owner()
                .orElseThrow(() -> new BadInput(
                        "Cannot tell how far the study in %s is: it has not been run there".formatted(folder)));
        UnreadableFiles unreadable = new UnreadableFiles();
        TrialRecords records = folder.journal().records(unreadable::row);
        Set<String> trials = new HashSet<>(records.trialsOf(folder.trials()));
        List<TrialRow> ended = records.rows().stream()
                .filter(row -> trials.contains(row.trialId()))
                .toList();
        Map<String, Long> outcomes = ended.stream()
                .collect(Collectors.groupingBy(row -> row.outcome().word(), TreeMap::new, Collectors.counting()));
        Optional<String> driver = folder.driver();
        unreadable.notes().forEach(terminal::note);
        terminal.say("@|bold %s|@: %d of %d trials have ended".formatted(study, ended.size(), trials.size()));
        outcomes.forEach((outcome, count) -> terminal.say("  %d %s".formatted(count, outcome)));
        if (driver.isPresent()) {
            running();
        }
        ended.stream()
                .max(Comparator.comparingDouble(StatusReport::accuracy))
                .filter(best -> accuracy(best) >= 0)
                .ifPresent(best -> terminal.say(
                        "  best so far: %s, %s".formatted(Numbers.percent(accuracy(best)), best.variant())));
        terminal.say(driver.map(holder -> "Its driver is at it " + holder)
                .orElse(
                        ended.size() < trials.size()
                                ? "Nobody is at it; narrows run goes on where it stopped"
                                : "It is complete"));
    }

    private void running() {
        List<RunningFile.Entry> running = RunningFile.read(folder);
        if (!running.isEmpty()) {
            terminal.say("  %d running".formatted(running.size()));
        }
        long now = System.currentTimeMillis();
        running.stream()
                .limit(RUNNING_SHOWN)
                .forEach(one -> terminal.say("    %s on %s for %s"
                        .formatted(one.trial(), one.host(), Numbers.duration((now - one.since()) / MILLIS))));
        if (running.size() > RUNNING_SHOWN) {
            terminal.say("    and %d more, not as long".formatted(running.size() - RUNNING_SHOWN));
        }
    }

    /** Of validation, or -1 where there is none. */
    private static double accuracy(TrialRow row) {
        Double accuracy = row.result().finalValidationAccuracy();
        return accuracy == null ? -1 : accuracy;
    }
}
