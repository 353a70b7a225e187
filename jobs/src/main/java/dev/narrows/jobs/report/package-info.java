/** The report: what a study found out, as one HTML file that a person chooses from. Reads results and computes none. */
@NullMarked
package dev.narrows.jobs.report;

import org.jspecify.annotations.NullMarked;
