package dev.narrows.jobs.show;

import dev.narrows.trial.Epoch;
import java.util.List;

/** Accuracy by epoch, one line each: a bar and the figures, so that it reads the same in a file. */
final class LearningCurve {
    private static final int LONGEST_BAR = 40;
    private static final int FIGURES = 60;

    /** Bars from none to seven eighths of a character. */
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private final List<Epoch> epochs;

    LearningCurve(List<Epoch> epochs) {
        this.epochs = List.copyOf(epochs);
    }

    void print(Terminal terminal) {
        int width = Math.max(8, Math.min(LONGEST_BAR, terminal.columns() - FIGURES));
        double least =
                epochs.stream().mapToDouble(Epoch::validationAccuracy).min().orElse(0);
        double most =
                epochs.stream().mapToDouble(Epoch::validationAccuracy).max().orElse(1);
        // A bar from zero hides what the last epochs do; one from the least value leaves the first without one.
        double from = most > least ? Math.max(0, least - (most - least) / 4) : 0;
        new Grid<>(epochs)
                .number("epoch", epoch -> String.valueOf(epoch.epoch()))
                .number("train loss", epoch -> "%.3f".formatted(epoch.trainLoss()))
                .number("train", epoch -> Numbers.percent(epoch.trainAccuracy()))
                .number("validation", epoch -> Numbers.percent(epoch.validationAccuracy()))
                .words("", epoch -> bar((epoch.validationAccuracy() - from) / Math.max(1e-9, most - from), width))
                .print(terminal, epoch -> false);
    }

    /** A bar over a share of the width, to an eighth of a character. */
    static String bar(double share, int width) {
        int eighths = (int) Math.round(Math.max(0, Math.min(1, share)) * width * 8);
        return "█".repeat(eighths / 8) + (eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1));
    }
}
