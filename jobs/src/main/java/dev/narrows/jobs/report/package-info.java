/** The report: the findings of a study as one HTML file to choose from. Reads results and computes none. */
@NullMarked
package dev.narrows.jobs.report;

import org.jspecify.annotations.NullMarked;
