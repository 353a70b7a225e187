package dev.narrows.jobs.folder;

import dev.narrows.checkpoint.CheckpointsFolder;
import dev.narrows.files.Folder;
import dev.narrows.files.Reason;
import dev.narrows.jobs.blame.StartedMarks;
import dev.narrows.jobs.blame.Suspects;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.results.Journal;
import dev.narrows.results.WeightsFolder;
import dev.narrows.study.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The folder that a study's results lie in, on any file system of Hadoop: the public tables and {@code study.conf}, and
 * beside them, under names that readers of Parquet skip, what only Narrows reads.
 */
public final class ResultsFolder {
    /** Names the study that the folder belongs to. */
    static final String OWNER = "_study";

    /** Name of the report. */
    public static final String REPORT = "report.html";

    private static final String TRIALS = "_trials";

    /** Follows the id of a trial that has paused and is to go on. */
    private static final String GOES_ON = " goes on";

    private static final String RUNNING = "_now";
    private static final String JOURNAL = "_journal";

    private final String given;
    private final Folder folder;
    private final Configuration settings;

    /** @param given a path as people type it: of this machine, or an address such as {@code hdfs://host/results} */
    public ResultsFolder(String given) {
        this.given = given;
        settings = HadoopSettings.here();
        folder = at(given, settings);
    }

    public ResultsFolder(Path path) {
        this(path.toString());
    }

    private static Folder at(String given, Configuration settings) {
        try {
            Folder folder = Folder.at(given, settings);
            // Executors have another working directory.
            return folder.local().isPresent() ? Folder.at(folder.address(), settings) : folder;
        } catch (IllegalArgumentException e) {
            throw new BadInput("Cannot take %s for a results folder: %s".formatted(given, e.getMessage()));
        }
    }

    /** Address of the folder, for Hadoop on any machine. */
    public String address() {
        return folder.address();
    }

    /** Path of the folder, where it is on a disk of this machine. */
    public Optional<Path> local() {
        return folder.local();
    }

    /** Hadoop's settings for its file system. */
    public Configuration settings() {
        return settings;
    }

    /** The journal of ended trials. */
    public Journal journal() {
        return Journal.open(address(), settings);
    }

    /** The trained weights that are kept. */
    public WeightsFolder weights() {
        return WeightsFolder.of(address(), settings);
    }

    /** The checkpoints of trials that have not ended. */
    public CheckpointsFolder checkpoints() {
        return CheckpointsFolder.of(address(), settings);
    }

    public StartedMarks marks() {
        return new StartedMarks(address() + "/_running");
    }

    public Suspects suspects() {
        return new Suspects(folder.child("_suspects"));
    }

    public boolean isThere() {
        return folder.exists(OWNER);
    }

    /** The study that it belongs to. */
    public Optional<String> owner() {
        return folder.text(OWNER).map(String::strip);
    }

    /** The driver of the study in it at this moment; empty where there is none. */
    public Optional<String> driver() {
        try {
            return DriverLock.holder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot find the driver of the study in %s: %s".formatted(this, Reason.of(e)), e);
        }
    }

    /**
     * Takes the folder for a study, alone: no other driver writes here until this one closes it or dies.
     *
     * @param note callback for a sentence on why this takes time
     * @throws BadInput where it cannot be written, belongs to another study, or has a driver already
     */
    public DriverLock claim(String study, Consumer<String> note) {
        try {
            if (local().isPresent()) {
                Files.createDirectories(local().get());
            }
            refuses(study).ifPresent(reason -> {
                throw new BadInput(reason);
            });
            DriverLock lock = DriverLock.of(folder, study, note);
            try {
                folder.write(OWNER, study + "\n");
                journal().adopt();
                folder.sweep();
                folder.child(JOURNAL).sweep();
                checkpoints().sweep();
            } catch (RuntimeException e) {
                lock.close();
                throw e;
            }
            return lock;
        } catch (IOException e) {
            throw unwritable(e);
        } catch (UncheckedIOException e) {
            throw unwritable(e);
        }
    }

    /** The reason why the results of a study do not belong here; empty where they do. */
    public Optional<String> refuses(String study) {
        Optional<String> owner = owner();
        if (owner.isPresent() && !owner.get().equals(study)) {
            return Optional.of("Cannot write the results of study %s into %s: they hold study %s; give another --output"
                    .formatted(study, this, owner.get()));
        }
        return owner.isEmpty() && holdsSomething()
                ? Optional.of("Cannot write the results of study %s into %s: it holds files that belong to no study"
                        .formatted(study, this))
                : Optional.empty();
    }

    private BadInput unwritable(Exception e) {
        return new BadInput("Cannot write results into %s: %s".formatted(this, Reason.of(e)));
    }

    private boolean holdsSomething() {
        return folder.names().stream().anyMatch(name -> !name.startsWith(DriverLock.FILE));
    }

    /**
     * Keeps the ids of the trials that the study has now, by which {@code status} knows its progress.
     *
     * @param goingOn those of them that have paused and are to go on
     */
    public void keepTrials(List<String> ids, Set<String> goingOn) {
        folder.write(
                TRIALS,
                ids.stream()
                        .map(id -> goingOn.contains(id) ? id + GOES_ON : id)
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    /** The ids of the trials that the study had when it last ran; empty where that is not known. */
    public Optional<List<String>> trials() {
        return trialLines()
                .map(lines -> lines.map(line -> line.replace(GOES_ON, "")).toList());
    }

    /** The ids of those that had paused and were to go on. */
    public Set<String> goingOn() {
        return trialLines().stream()
                .flatMap(lines -> lines)
                .filter(line -> line.endsWith(GOES_ON))
                .map(line -> line.replace(GOES_ON, ""))
                .collect(Collectors.toSet());
    }

    private Optional<Stream<String>> trialLines() {
        return folder.text(TRIALS).map(text -> text.lines().filter(line -> !line.isEmpty()));
    }

    /** Keeps the list of running trials, for {@code status}. */
    void keepRunning(String lines) {
        folder.write(RUNNING, lines);
    }

    /** The running trials, by the last report of their driver. */
    String running() {
        return folder.text(RUNNING).orElse("");
    }

    /** Keeps the study as it was resolved. */
    public void keepStudy(String resolved) {
        folder.write("study.conf", resolved.endsWith("\n") ? resolved : resolved + "\n");
    }

    /** The study as it was resolved when it last ran. */
    public Optional<String> study() {
        return folder.text("study.conf");
    }

    /** Keeps the report, in the place of an earlier one. */
    public void keepReport(String html) {
        folder.write(REPORT, html);
    }

    /** The folder as it was given. */
    @Override
    public String toString() {
        return given;
    }
}
