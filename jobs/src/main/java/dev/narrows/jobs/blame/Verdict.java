package dev.narrows.jobs.blame;

/**
 * The blame for deaths, put on one trial.
 *
 * @param host that its process died on last
 */
public record Verdict(String message, String host) {}
