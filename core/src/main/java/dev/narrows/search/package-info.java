/**
 * The search for the front of a study's grid without training all of it, as a pure function: candidates with exact
 * costs, settings and results in, decisions out. It starts nothing, reads nothing and knows no clock.
 *
 * <p>{@link dev.narrows.search.SearchCourse} is its face. A Gaussian process ({@link dev.narrows.search.QualityModel})
 * predicts final quality, {@link dev.narrows.search.Membership} turns its joint draws into the chance of each variant
 * to be a member of the front, and the course chooses batches by these chances.
 */
@NullMarked
package dev.narrows.search;

import org.jspecify.annotations.NullMarked;
