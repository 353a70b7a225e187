package dev.narrows.jobs.executor;

/**
 * A trial that runs at this moment.
 *
 * @param host as Spark calls it
 * @param since milliseconds since 1970
 */
public record RunningTrial(String trialId, String host, long since) {}
