package dev.narrows.study;

import java.io.Serializable;
import java.util.Optional;

/** Upper limits for the cost of a variant; a variant over one is rejected before anything runs. */
public record Limits(
        Optional<Long> params, Optional<Long> macs, Optional<Long> activations, Optional<Long> trainingMemoryBytes)
        implements Serializable {}
