package dev.narrows.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import dev.narrows.net.Chain;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Families are found by name, and families.conf and their knobs agree. */
class FamiliesTest {
    private static final Config DEFAULTS =
            ConfigFactory.parseResources("families.conf").resolve();

    static List<Family> families() {
        return Families.load().all();
    }

    private record Named(String name) implements Family {
        @Override
        public List<Knob<?>> knobs() {
            return List.of();
        }

        @Override
        public Layer build(Settings settings, Shape input, int classes) {
            return Chain.identity();
        }
    }

    @Test
    void familiesAreFoundByName() {
        Families families = Families.load();
        assertThat(families.find("inverted-bottleneck"))
                .get()
                .extracting(Family::name)
                .isEqualTo("inverted-bottleneck");
        assertThat(families.find("reverted-bottleneck")).isEmpty();
    }

    @Test
    void twoFamiliesOfOneNameCannotBeToldApart() {
        assertThatThrownBy(() -> Families.of(List.of(new Named("mine"), new Named("mine"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot tell families apart: %s and %s are both called mine",
                        Named.class.getName(), Named.class.getName());
    }

    @Test
    void namesAreInTheAlphabetsOrder() {
        assertThat(Families.of(List.of(new Named("b"), new Named("c"), new Named("a")))
                        .names())
                .containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyKnobHasADefaultAndEveryDefaultIsAKnob(Family family) {
        Config defaults = DEFAULTS.getConfig("families." + family.name());
        TreeSet<String> keys = new TreeSet<>();
        family.knobs().forEach(knob -> {
            assertThat(defaults.hasPathOrNull(knob.name())).as(knob.name()).isTrue();
            keys.add(knob.name());
        });
        TreeSet<String> given = new TreeSet<>();
        defaults.entrySet().forEach(entry -> given.add(String.join(".", ConfigUtil.splitPath(entry.getKey()))));
        assertThat(keys).containsAll(given).hasSameSizeAs(family.knobs());
    }

    /** Otherwise a label could not tell the one from the other. */
    @ParameterizedTest
    @MethodSource("families")
    void knobsThatStandForOneAnotherAreKnobsThatMayBeLeftOut(Family family) {
        for (Knob<?> knob : family.knobs()) {
            for (String replaced : knob.replaced()) {
                assertThat(family.knobs())
                        .filteredOn(other -> other.name().equals(replaced))
                        .allMatch(Knob::optional);
            }
        }
    }
}
