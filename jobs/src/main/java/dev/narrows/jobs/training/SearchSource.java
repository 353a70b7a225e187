package dev.narrows.jobs.training;

import dev.narrows.tradeoff.StudySearch;

/** A search as it stands: at first perhaps one that does not go beyond its sample. */
@FunctionalInterface
public interface SearchSource {
    /** The search at this moment. */
    StudySearch get();

    /** True where it is still to go beyond what it gives, although no trial ends. */
    default boolean isPending() {
        return false;
    }
}
