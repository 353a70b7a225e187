package dev.narrows.engine;

import dev.narrows.checkpoint.Checkpoint;
import dev.narrows.checkpoint.StateLayout;
import dev.narrows.checkpoint.StepClock;
import dev.narrows.checkpoint.TrialCheckpoints;
import dev.narrows.checkpoint.UnusableCheckpointException;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Program;
import dev.narrows.study.Precision;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialEvent.EpochEnded;
import dev.narrows.trial.TrialEvent.Started;
import dev.narrows.trial.TrialHistory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a trial: the state that it begins with, its history, and the checkpoints that it leaves. */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Trial trial;
    private final Supplier<Environment> environment;
    private final TrialCheckpoints checkpoints;
    private final TrialClock clock;
    private final Measured measured;
    private final MemoryPeak peak;
    private TrialHistory history = TrialHistory.NONE;
    private StateLayout layout = new StateLayout(List.of(), List.of());
    private @Nullable ByteBuffer tensors;

    Attempt(
            Trial trial,
            Supplier<Environment> environment,
            TrialCheckpoints checkpoints,
            TrialClock clock,
            Measured measured,
            MemoryPeak peak) {
        this.trial = trial;
        this.environment = environment;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.measured = measured;
        this.peak = peak;
    }

    /** The state to begin with: that of a checkpoint where one fits, else that of the seed. */
    TrainingState begin(Program program) {
        layout = StateLayout.of(program, trial.training().optimizer());
        Environment here = environment.get();
        String form = program.form().text();
        Optional<Checkpoint> found = Optional.empty();
        Optional<String> misfit;
        try {
            found = checkpoints.last();
            misfit = found.flatMap(
                    one -> one.misfit(form, here, layout, trial.training().epochs()));
        } catch (UnusableCheckpointException e) {
            misfit = Optional.of(String.valueOf(e.getMessage()));
        }
        Optional<Checkpoint> from = misfit.isPresent() ? Optional.empty() : found;
        from.ifPresent(checkpoint -> {
            measured.goOn(checkpoint);
            clock.goOn(checkpoint.effort().seconds());
        });
        misfit.ifPresent(reason -> {
            measured.beginAnew(reason);
            LOG.warn("{} seed={} begins anew, not from its checkpoint: {}", trial.variant(), trial.seed(), reason);
        });
        history = found.map(Checkpoint::history)
                .orElse(TrialHistory.NONE)
                .then(new Started(
                        clock.startedAt(), from.map(Checkpoint::epochs).orElse(0), here, form));
        if (found.isPresent() || misfit.isPresent()) {
            checkpoints.found(history);
        }
        return from.map(this::state)
                .orElseGet(() -> new TrainingState(
                        Initialisation.of(program, trial.seed()),
                        Map.of(),
                        StepClock.first(trial.training().precision() == Precision.FP16)));
    }

    private TrainingState state(Checkpoint checkpoint) {
        return new TrainingState(
                layout.weights(checkpoint.tensors()), layout.kept(checkpoint.tensors()), checkpoint.clock());
    }

    /** Takes up an epoch. */
    void ended(Epoch epoch) {
        history = history.then(new EpochEnded(System.currentTimeMillis(), epoch));
    }

    /** Keeps the state after an epoch where a checkpoint is due. */
    void keepIfDue(Module module, TrainingLoop loop) {
        if (!checkpoints.isDue()) {
            return;
        }
        Checkpoint checkpoint;
        try {
            checkpoint = checkpoint(module, loop);
        } catch (OutOfMemoryError | RuntimeException e) {
            checkpoints.failed(e);
            return;
        }
        checkpoints.take(checkpoint);
    }

    /** Keeps the state after an epoch and waits for it; false where that failed. */
    boolean keep(Module module, TrainingLoop loop) {
        return checkpoints.keep(() -> checkpoint(module, loop));
    }

    private Checkpoint checkpoint(Module module, TrainingLoop loop) {
        ByteBuffer into = tensors;
        if (into == null) {
            // Off the heap, once for all checkpoints of the trial.
            into = ByteBuffer.allocateDirect(Math.toIntExact(layout.bytes())).order(ByteOrder.LITTLE_ENDIAN);
            tensors = into;
        }
        module.copyState(layout.kinds(), into);
        return new Checkpoint(
                trial.id(),
                history,
                loop.clock(),
                measured.time().effort(clock.seconds(), measured.peakMemoryBytes(peak.bytes())),
                layout.checksum(),
                into);
    }
}
