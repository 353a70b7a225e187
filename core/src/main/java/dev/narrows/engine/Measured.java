package dev.narrows.engine;

import dev.narrows.checkpoint.Checkpoint;
import dev.narrows.checkpoint.Effort;
import dev.narrows.program.Form;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.NarrowEnds;
import dev.narrows.trial.Resumption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures of a trial so far: its row is made of them wherever it ends. Those not taken are null. */
final class Measured {
    private final List<Epoch> epochs = new ArrayList<>();
    private final TrainingTime time = new TrainingTime();
    private @Nullable Resumption resumption;
    private @Nullable Long earlierPeak;
    private @Nullable Form form;
    private @Nullable Double setupSeconds;
    private @Nullable Evaluation validation;
    private @Nullable Evaluation test;
    private @Nullable NarrowEnds narrows;

    void form(Form chosen) {
        form = chosen;
    }

    /** Form of the training step; null before the trial was admitted. */
    @Nullable
    String form() {
        return form == null ? null : form.text();
    }

    List<Epoch> epochs() {
        return epochs;
    }

    TrainingTime time() {
        return time;
    }

    /** Takes up what an earlier attempt measured. */
    void goOn(Checkpoint checkpoint) {
        Effort effort = checkpoint.effort();
        resumption = Resumption.after(checkpoint.epochs(), effort.seconds());
        epochs.addAll(checkpoint.history().epochs());
        time.goOn(effort);
        earlierPeak = effort.peakMemoryBytes();
    }

    /** Notes why an earlier attempt was not gone on with. */
    void beginAnew(String reason) {
        resumption = Resumption.anew(reason);
    }

    /** Null where no earlier attempt left a checkpoint. */
    @Nullable
    Resumption resumption() {
        return resumption;
    }

    /** The highest of this attempt and of those before it; null where one is not known. */
    @Nullable
    Long peakMemoryBytes(@Nullable Long ofThisAttempt) {
        if (ofThisAttempt == null || resumption == null || !resumption.wentOn()) {
            return ofThisAttempt;
        }
        return earlierPeak == null ? null : (Long) Math.max(earlierPeak, ofThisAttempt);
    }

    void setup(double seconds) {
        setupSeconds = seconds;
    }

    @Nullable
    Double setupSeconds() {
        return setupSeconds;
    }

    void epoch(Epoch epoch, Evaluation evaluation) {
        epochs.add(epoch);
        validation = evaluation;
    }

    /** With the weights of the last epoch that ended. */
    @Nullable
    Evaluation validation() {
        return validation;
    }

    void narrows(NarrowEnds ends) {
        narrows = ends;
    }

    @Nullable
    NarrowEnds narrows() {
        return narrows;
    }

    void test(Evaluation evaluation) {
        test = evaluation;
    }

    @Nullable
    Evaluation test() {
        return test;
    }
}
