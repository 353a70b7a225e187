package dev.narrows.jobs.document;

import dev.narrows.study.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

@Meaning("Output of narrows measures.")
public record MeasuresDocument(
        @Meaning("Measures that objectives, constraints and --where know, and that variants.parquet has as columns.")
        List<MeasureLine> measures) {
    public MeasuresDocument {
        measures = List.copyOf(measures);
    }

    @Meaning("One measure of a variant.")
    public record MeasureLine(
            @Meaning("Name in study files, tables and expressions.")
            String measure,

            @Meaning("share (0 to 1), count, bytes, seconds, micros (microseconds) or rate (images per second).")
            String unit,

            @Meaning("Direction that most people want: maximize or minimize.")
            String better,

            @Meaning("Meaning.") String meaning) {}

    /** All measures, in their order. */
    public static MeasuresDocument all() {
        return new MeasuresDocument(Arrays.stream(Measure.values())
                .map(measure -> new MeasureLine(
                        measure.word(),
                        measure.unit().name().toLowerCase(Locale.ROOT),
                        measure.better().name().toLowerCase(Locale.ROOT),
                        measure.meaning()))
                .toList());
    }
}
