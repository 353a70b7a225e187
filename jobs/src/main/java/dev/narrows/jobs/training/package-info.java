/** The training pass: one job per trial, its task on an executor, progress and the corrected forecast. */
@NullMarked
package dev.narrows.jobs.training;

import org.jspecify.annotations.NullMarked;
