package dev.narrows.checkpoint;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pause between two checkpoints of a trial.
 *
 * @param seconds at least; 0 for a checkpoint after every epoch, infinite for none
 */
public record CheckpointInterval(double seconds) implements Serializable {
    /** No checkpoint is due; one is written only where a trial pauses. */
    public static final CheckpointInterval OFF = new CheckpointInterval(Double.POSITIVE_INFINITY);

    /** The usual pause: a trial loses two minutes and an epoch at most, and a writer is idle nearly all of the time. */
    public static final CheckpointInterval USUAL = new CheckpointInterval(120);

    private static final String OFF_WORD = "off";
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(ms|s|m|h)");

    /** @throws IllegalArgumentException where it is negative or not a number */
    public CheckpointInterval {
        if (!(seconds >= 0)) {
            throw new IllegalArgumentException("Cannot keep checkpoints every %s s".formatted(seconds));
        }
    }

    /**
     * Reads {@code 2m}, {@code 30s}, {@code 1.5h}, {@code 0} or {@code off}.
     *
     * @throws IllegalArgumentException where it is none of these; the message says what is expected
     */
    public static CheckpointInterval parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals(OFF_WORD)) {
            return OFF;
        }
        if (word.equals("0")) {
            return new CheckpointInterval(0);
        }
        Matcher matcher = TEXT.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a pause between checkpoints: 2m, 30s or 1h, 0 for every epoch, or off"
                            .formatted(text));
        }
        double unit = switch (matcher.group(2)) {
            case "ms" -> 0.001;
            case "s" -> 1;
            case "m" -> 60;
            default -> 3600;
        };
        return new CheckpointInterval(Double.parseDouble(matcher.group(1)) * unit);
    }

    /** True once so much time has passed since the trial began or the last checkpoint was taken. */
    public boolean isOver(double passedSeconds) {
        return passedSeconds >= seconds;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        if (Double.isInfinite(seconds)) {
            return OFF_WORD;
        }
        return seconds == 0
                ? "0"
                : seconds == Math.rint(seconds) ? "%.0fs".formatted(seconds) : "%.0fms".formatted(seconds * 1000);
    }
}
