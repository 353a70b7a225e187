package dev.narrows.study.reading;

import dev.narrows.study.LatencyRuntime;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.setting.ValueReader;
import java.util.List;

/** Reads the settings of the latency probe. */
final class LatencyReader {
    private static final StudyKey<LatencySpec.Which> FOR =
            StudyKey.one("for", ValueReader.choice(LatencySpec.Which.class));
    private static final StudyKey<LatencyRuntime> RUNTIMES =
            StudyKey.several("runtimes", ValueReader.choice(LatencyRuntime.class));
    private static final StudyKey<Integer> BATCH_SIZES = StudyKey.several("batch-sizes", ValueReader.integer(1));
    private static final StudyKey<Double> MINIMUM_TIME = StudyKey.one("minimum-time", ValueReader.seconds());
    private static final StudyKey<Double> MAXIMUM_TIME = StudyKey.one("maximum-time", ValueReader.seconds());
    private static final StudyKey<Integer> MINIMUM_SAMPLES = StudyKey.one("minimum-samples", ValueReader.integer(1));

    static final List<StudyKey<?>> KEYS =
            List.of(FOR, RUNTIMES, BATCH_SIZES, MINIMUM_TIME, MAXIMUM_TIME, MINIMUM_SAMPLES);

    private LatencyReader() {}

    static LatencySpec read(Section latency) {
        LatencySpec read = new LatencySpec(
                FOR.read(latency),
                RUNTIMES.each(latency).stream().distinct().sorted().toList(),
                BATCH_SIZES.each(latency).stream().distinct().sorted().toList(),
                MINIMUM_TIME.read(latency),
                MAXIMUM_TIME.read(latency),
                MINIMUM_SAMPLES.read(latency));
        if (read.minimumSeconds() > read.maximumSeconds()) {
            latency.problem("Cannot probe latency for at least %s s and at most %s s"
                    .formatted(ValueReader.plain(read.minimumSeconds()), ValueReader.plain(read.maximumSeconds())));
        }
        latency.refuseOthers();
        return read;
    }
}
