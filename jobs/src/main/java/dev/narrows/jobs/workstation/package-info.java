/** GPUs of this machine: found, chosen, and given to executors by a Spark cluster of its own on loopback. */
@NullMarked
package dev.narrows.jobs.workstation;

import org.jspecify.annotations.NullMarked;
