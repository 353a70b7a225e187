package dev.narrows.family;

import dev.narrows.net.Pool;
import java.util.Optional;

/** What a pooling takes of a window, in the words of a study file. */
enum PoolChoice {
    NONE(Optional.empty()),
    MAX(Optional.of(Pool.Kind.MAX)),
    AVERAGE(Optional.of(Pool.Kind.AVERAGE));

    private final Optional<Pool.Kind> kind;

    PoolChoice(Optional<Pool.Kind> kind) {
        this.kind = kind;
    }

    /** Empty for no pooling. */
    Optional<Pool.Kind> kind() {
        return kind;
    }
}
