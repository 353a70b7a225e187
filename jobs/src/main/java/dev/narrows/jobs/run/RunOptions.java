package dev.narrows.jobs.run;

import dev.narrows.checkpoint.CheckpointInterval;
import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.show.ShellWord;
import dev.narrows.study.BadInput;
import dev.narrows.trial.Outcome;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a run. */
public final class RunOptions {
    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's master, such as spark://host:7077 (default: trials run inside this process)")
    private Optional<String> master = Optional.empty();

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "trials at once inside this process (default: cores divided by threads per trial)")
    private Optional<Integer> slots = Optional.empty();

    @Option(
            names = "--retry",
            paramLabel = "OUTCOME",
            split = ",",
            converter = OutcomeWord.class,
            description = "run ended trials of these outcomes again: failed, crashed, timed-out, out-of-memory,"
                    + " diverged, completed")
    private Set<Outcome> retry = EnumSet.noneOf(Outcome.class);

    @Option(
            names = "--checkpoint-every",
            paramLabel = "PAUSE",
            converter = Pause.class,
            description = "shortest time between two checkpoints of a trial: 30s, 2m, 1h, 0 for every epoch, or off"
                    + " (default: 2m)")
    private CheckpointInterval checkpoints = CheckpointInterval.USUAL;

    @Mixin
    private GpuOptions gpus = new GpuOptions();

    private String command = "run";
    private String further = "";
    private Optional<String> named = Optional.empty();
    private boolean trains = true;

    /** Options of a command that trains nothing. */
    public static RunOptions at(Optional<String> master, GpuOptions gpus) {
        RunOptions options = new RunOptions();
        options.master = master;
        options.gpus = gpus;
        options.trains = false;
        return options;
    }

    /** The same options with the words by which a person named the study, for the command that continues the run. */
    public RunOptions named(String word) {
        named = Optional.of(word);
        return this;
    }

    /**
     * The same options of another command than {@code run}, for the one that continues it.
     *
     * @param more options of that command, each after a space
     */
    public RunOptions of(String other, String more) {
        command = other;
        further = more;
        return this;
    }

    /**
     * The place of the trials.
     *
     * @param note callback for sentences to the user
     * @throws BadInput where the options contradict each other, or cannot be met
     */
    ComputePlace place(Consumer<String> note) {
        return gpus.place(master, slots, note);
    }

    /** False for a command that only measures. */
    boolean trains() {
        return trains;
    }

    Set<Outcome> retry() {
        return retry;
    }

    CheckpointInterval checkpoints() {
        return checkpoints;
    }

    /**
     * The command that goes on, without the program's name, for a shell.
     *
     * @param file the study where nobody named it
     */
    String continuation(String file) {
        return "%s %s%s".formatted(command, named.orElse(ShellWord.of(file)), typed(retry));
    }

    /** The same command, which tries trials of these outcomes again. */
    String retrying(String file, Set<Outcome> outcomes) {
        return "%s %s%s".formatted(command, named.orElse(ShellWord.of(file)), typed(outcomes));
    }

    /** The options of the run, each after a space, for a shell. */
    private String typed(Collection<Outcome> retried) {
        return further
                + master.map(url -> " --master " + ShellWord.of(url)).orElse("")
                + slots.map(number -> " --slots " + number).orElse("")
                + gpus.typed()
                + (checkpoints.equals(CheckpointInterval.USUAL) ? "" : " --checkpoint-every " + checkpoints)
                + (retried.isEmpty()
                        ? ""
                        : " --retry " + retried.stream().map(Outcome::word).collect(Collectors.joining(",")));
    }

    /** A pause between checkpoints. */
    static final class Pause implements ITypeConverter<CheckpointInterval> {
        @Override
        public CheckpointInterval convert(String word) {
            try {
                return CheckpointInterval.parse(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** An outcome as tables write it. */
    static final class OutcomeWord implements ITypeConverter<Outcome> {
        @Override
        public Outcome convert(String word) {
            if (word.equals(Outcome.PAUSED.word())) {
                throw new TypeConversionException(
                        "a search stopped the trials that are 'paused'; --set search=none lets them go on");
            }
            for (Outcome outcome : Outcome.values()) {
                if (outcome.word().equals(word)) {
                    return outcome;
                }
            }
            throw new TypeConversionException("'%s' is not an outcome of a trial".formatted(word));
        }
    }
}
