package dev.narrows.study.reading;

import com.typesafe.config.ConfigFactory;
import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import java.util.Optional;

/** The defaults of the knobs of every family, as study files write them. */
public final class KnobDefaults {
    private final FamilyDefaults defaults;

    private KnobDefaults(FamilyDefaults defaults) {
        this.defaults = defaults;
    }

    /** Reads the {@code reference.conf} of every jar on the class path. */
    public static KnobDefaults load() {
        return new KnobDefaults(new FamilyDefaults(
                Families.load(),
                ConfigFactory.parseResources(StudyText.loader(), "reference.conf")
                        .resolve()));
    }

    /** The default of a knob; empty where there is none. */
    public Optional<String> of(Family family, Knob<?> knob) {
        return defaults.of(family, knob).map(Section::show);
    }
}
