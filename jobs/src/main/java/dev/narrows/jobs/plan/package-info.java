/** A study before it runs: its data, its variants and trials, and a forecast of their time and space. */
@NullMarked
package dev.narrows.jobs.plan;

import org.jspecify.annotations.NullMarked;
