package dev.narrows.jobs.fanout;

import dev.narrows.jobs.blame.Death;
import dev.narrows.jobs.dispatch.Event;
import dev.narrows.jobs.executor.UnfitException;
import dev.narrows.trial.Trial;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;

/** Reads the end of a trial from the exception of its job, whose message holds everything that Spark knows. */
final class JobFailure {
    /** Spark's name of a task of an executor. */
    private static final Pattern TASK = Pattern.compile("\\(TID \\d+\\) \\((?<host>\\S+) executor \\d+\\)");

    private static final String CAUSED_BY = "Caused by: ";

    private JobFailure() {}

    static Event event(JavaSparkContext spark, Trial trial, Throwable failure) {
        if (spark.sc().isStopped()) {
            return new Event.JobFailed(
                    trial,
                    new FanOutException("Cannot go on: Spark at %s has gone".formatted(spark.master()), failure));
        }
        String message = String.valueOf(failure.getMessage());
        Optional<Death> death = Death.of(message);
        if (death.isPresent()) {
            return new Event.ProcessDied(trial, death.get());
        }
        return new Event.JobFailed(
                trial,
                UnfitException.toldBy(message)
                        .map(unfit -> FanOutException.unfit(
                                "Cannot run trials at %s: %s".formatted(spark.master(), unfit), failure))
                        .orElseGet(() -> new FanOutException(
                                "Cannot run %s seed=%d%s: %s"
                                        .formatted(trial.variant(), trial.seed(), host(message), reason(message)),
                                failure)));
    }

    /** The executor's host: its disk may be the only full one. Empty in the driver's process. */
    private static String host(String message) {
        Matcher task = TASK.matcher(message);
        return task.find() ? " on " + task.group("host") : "";
    }

    /** Spark's message holds the driver's whole stack trace and says the reason in its first lines. */
    private static String reason(String message) {
        String first = message.lines()
                .takeWhile(line -> !line.strip().startsWith("at ") && !line.startsWith("Driver stacktrace"))
                .filter(line -> !line.isBlank())
                .reduce((one, other) -> one + " " + other)
                .orElse(message);
        int caused = message.lastIndexOf(CAUSED_BY);
        if (caused < 0) {
            return first;
        }
        return message.substring(caused + CAUSED_BY.length())
                .lines()
                .findFirst()
                .orElse(first);
    }
}
