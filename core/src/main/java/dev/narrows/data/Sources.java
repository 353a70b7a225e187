package dev.narrows.data;

import org.apache.hadoop.conf.Configuration;

/** Finds out what a source is and reads it. */
final class Sources {
    private Sources() {}

    static Source read(String source, Configuration configuration) {
        if (source.startsWith(Bundled.PREFIX)) {
            return Bundled.read(source);
        }
        throw new BadData("Cannot open %s: expected bundled:<name>".formatted(source));
    }
}
