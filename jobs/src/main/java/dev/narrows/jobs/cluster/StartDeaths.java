package dev.narrows.jobs.cluster;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Counts executors that end before they are given a task, while no task of the application has ended well. A standalone
 * master starts another one for each of them, without end, and Spark tells of them in its log only.
 */
final class StartDeaths extends SparkListener {
    /** So many that ended by themselves cannot be chance. */
    private static final int MOST = 3;

    /**
     * So many that something killed cannot be chance either. It may be a limit of memory, which strikes each of them,
     * but also a host that is taken away.
     */
    private static final int MOST_KILLED = 12;

    /** Exit code of a process that signal 9 has ended. */
    private static final String KILLED = "exited with code 137";

    private static final String NAME = "narrows-start-deaths";
    private static final String LOGGER = "org.apache.spark.deploy.client.StandaloneAppClient$ClientEndpoint";
    private static final Pattern ENDED =
            Pattern.compile("Executor updated: \\S+/(\\d+) is now (?:EXITED|FAILED)(?: \\((.*)\\))?");

    private final String master;
    private final Function<String, Optional<String>> lastWords;
    private final Consumer<String> tooMany;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private volatile boolean settled;
    private int deaths;
    private int killed;

    /**
     * @param lastWords the last line of an executor's log, by the executor's number, where it can be read
     * @param tooMany callback for the sentence that says so; not on a thread of its own
     */
    StartDeaths(String master, Function<String, Optional<String>> lastWords, Consumer<String> tooMany) {
        this.master = master;
        this.lastWords = lastWords;
        this.tooMany = tooMany;
    }

    /** Listens to the log of this process, until another one does. */
    void listen() {
        Configuration configuration = LoggerContext.getContext(false).getConfiguration();
        LoggerConfig logger = configuration.getLoggerConfig(LOGGER);
        if (!logger.getName().equals(LOGGER)) {
            logger = new LoggerConfig(LOGGER, Level.INFO, true);
            configuration.addLogger(LOGGER, logger);
        }
        logger.removeAppender(NAME);
        Ear ear = new Ear();
        ear.start();
        logger.addAppender(ear, Level.INFO, null);
        LoggerContext.getContext(false).updateLoggers();
    }

    private final class Ear extends AbstractAppender {
        Ear() {
            super(NAME, null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            heard(event.getMessage().getFormattedMessage());
        }
    }

    /** Takes note of a line of Spark's log. */
    synchronized void heard(String line) {
        Matcher ended = ENDED.matcher(line);
        if (settled || !ended.find() || used.contains(ended.group(1))) {
            return;
        }
        String spark = Optional.ofNullable(ended.group(2)).orElse("it gave no reason");
        deaths++;
        killed += spark.contains(KILLED) ? 1 : 0;
        if (deaths - killed >= MOST || killed >= MOST_KILLED) {
            settled = true;
            tooMany.accept("Cannot start executors at %s: %d of them ended before their first trial, the last with: %s"
                    .formatted(
                            master,
                            deaths,
                            lastWords
                                    .apply(ended.group(1))
                                    .map(words -> "%s (%s)".formatted(words, spark))
                                    .orElse(spark)));
        }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
        used.add(start.taskInfo().executorId());
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        settled |= end.taskInfo().successful();
    }
}
