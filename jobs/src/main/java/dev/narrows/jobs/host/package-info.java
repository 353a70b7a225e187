/** Agreement between all processes of a host: any number of trials at once, or one latency probe alone. */
@NullMarked
package dev.narrows.jobs.host;

import org.jspecify.annotations.NullMarked;
