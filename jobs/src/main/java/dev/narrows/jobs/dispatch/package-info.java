/**
 * The rules of spreading trials out, as a state machine without Spark, clock or files: what runs next, and who is to
 * blame.
 */
@NullMarked
package dev.narrows.jobs.dispatch;

import org.jspecify.annotations.NullMarked;
