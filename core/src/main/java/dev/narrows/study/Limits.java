package dev.narrows.study;

import java.io.Serializable;
import java.util.Optional;

/** What a variant may cost at most; whatever is over is rejected before anything runs. */
public record Limits(
        Optional<Long> params, Optional<Long> macs, Optional<Long> activations, Optional<Long> trainingMemoryBytes)
        implements Serializable {}
