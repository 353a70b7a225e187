package dev.narrows.jobs.show;

import java.util.function.LongSupplier;

/**
 * The epochs of a pass.
 *
 * @param total of the trials that it begins with; 0 where they have none
 * @param ofRunning epochs that running trials have finished, as far as this process hears of them
 */
public record EpochCount(long total, LongSupplier ofRunning) {
    static final EpochCount NONE = new EpochCount(0, () -> 0);
}
