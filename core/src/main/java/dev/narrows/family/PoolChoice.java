package dev.narrows.family;

import dev.narrows.net.Pool;
import java.util.Optional;

/** Kinds of pooling, in the words of a study file. */
enum PoolChoice {
    NONE(Optional.empty()),
    MAX(Optional.of(Pool.Kind.MAX)),
    AVERAGE(Optional.of(Pool.Kind.AVERAGE));

    private final Optional<Pool.Kind> kind;

    PoolChoice(Optional<Pool.Kind> kind) {
        this.kind = kind;
    }

    /** The kind of pooling; empty for none. */
    Optional<Pool.Kind> kind() {
        return kind;
    }
}
