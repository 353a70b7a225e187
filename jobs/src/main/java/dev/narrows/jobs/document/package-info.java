/** Documents that commands print for programs: records whose components are described once, for JSON and its page. */
@NullMarked
package dev.narrows.jobs.document;

import org.jspecify.annotations.NullMarked;
