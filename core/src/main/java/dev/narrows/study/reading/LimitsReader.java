package dev.narrows.study.reading;

import dev.narrows.study.Limits;
import dev.narrows.study.setting.ValueReader;
import java.util.List;
import java.util.Optional;

/** Reads what a variant may cost at most. */
final class LimitsReader {
    private static final ValueReader<Optional<Long>> COUNT = ValueReader.orNone(ValueReader.count(1));
    private static final StudyKey<Optional<Long>> PARAMS = StudyKey.one("params", COUNT);
    private static final StudyKey<Optional<Long>> MACS = StudyKey.one("macs", COUNT);
    private static final StudyKey<Optional<Long>> ACTIVATIONS = StudyKey.one("activations", COUNT);
    private static final StudyKey<Optional<Long>> TRAINING_MEMORY =
            StudyKey.one("training-memory", ValueReader.orNone(ValueReader.bytes()));

    static final List<StudyKey<?>> KEYS = List.of(PARAMS, MACS, ACTIVATIONS, TRAINING_MEMORY);

    private LimitsReader() {}

    static Limits read(Section limits) {
        Limits read = new Limits(
                PARAMS.read(limits), MACS.read(limits), ACTIVATIONS.read(limits), TRAINING_MEMORY.read(limits));
        limits.refuseOthers();
        return read;
    }
}
