/** The preflight of a study: what plan shows, doctor checks, and run refuses before anything is trained. */
@NullMarked
package dev.narrows.jobs.preflight;

import org.jspecify.annotations.NullMarked;
