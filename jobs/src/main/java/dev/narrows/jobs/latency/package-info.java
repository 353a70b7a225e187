/** The latency pass: one job that probes all networks on one host, and its progress as the driver sees it. */
@NullMarked
package dev.narrows.jobs.latency;

import org.jspecify.annotations.NullMarked;
