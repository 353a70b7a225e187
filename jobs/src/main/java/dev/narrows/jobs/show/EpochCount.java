package dev.narrows.jobs.show;

import java.util.function.LongSupplier;

/**
 * The epochs of a pass.
 *
 * @param total of all of its trials; 0 where it has none
 * @param ofRunning epochs that running trials have finished, as far as this process hears of them
 */
public record EpochCount(long total, LongSupplier ofRunning) {
    static final EpochCount NONE = new EpochCount(0, () -> 0);
}
