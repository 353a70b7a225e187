/** The Parquet schema, the journal, the tables. */
@NullMarked
package dev.narrows.results;

import org.jspecify.annotations.NullMarked;
