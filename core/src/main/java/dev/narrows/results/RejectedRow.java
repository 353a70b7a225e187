package dev.narrows.results;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A variant that could not be built, or is over a limit: nothing ran.
 *
 * @param variantId null where it could not be built
 * @param cost null where it could not be built
 * @param message reason of the rejection
 */
public record RejectedRow(
        String study,
        @Nullable String variantId,
        String variant,
        String family,
        Settings settings,
        @Nullable Cost cost,
        String message)
        implements Serializable {}
