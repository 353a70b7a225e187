package dev.narrows.results;

import dev.narrows.cost.Cost;
import dev.narrows.family.Settings;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A variant that could not be built, or is over a limit: nothing ran.
 *
 * @param variantId where it could be built
 * @param cost where it could be built
 * @param message why it was rejected
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
