package dev.narrows.results;

/**
 * A latency in the derived tables, with its certainty.
 *
 * @param low lower end of the 95 % interval over other measurements on the same host
 * @param high upper end
 */
public record MeasuredLatency(double value, double low, double high) {}
