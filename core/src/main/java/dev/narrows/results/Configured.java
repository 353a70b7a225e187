package dev.narrows.results;

import dev.narrows.family.Settings;

/** A row that has the settings of a variant, which become one column per knob. */
interface Configured {
    String family();

    Settings settings();
}
