package dev.narrows.jobs.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people write it, such as {@code 2h}, {@code 90m} or {@code 1h30m}. */
final class BudgetTime implements ITypeConverter<Duration> {
    /** A time as {@link #convert} reads it. */
    static String text(Duration time) {
        return time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    @Override
    public Duration convert(String text) {
        try {
            Duration time = Duration.parse("PT" + text.strip().toUpperCase(Locale.ROOT));
            if (time.compareTo(Duration.ZERO) > 0) {
                return time;
            }
        } catch (DateTimeException e) {
            // The message is the same for a time that cannot be read and for one that is not positive.
        }
        throw new TypeConversionException("'%s' is not a time such as 2h, 90m or 1h30m".formatted(text));
    }
}
