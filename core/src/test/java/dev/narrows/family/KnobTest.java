package dev.narrows.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A knob takes plain values of its type and says why it refuses others. */
class KnobTest {
    private enum Colour {
        DEEP_BLUE,
        RED
    }

    private static final Knob<Integer> WHOLE = Knob.integer("whole", 1, "A number");
    private static final Knob<ByStage<Integer>> BY_STAGE = Knob.integerByStage("by-stage", 1, "A number a stage");

    private static void refuses(Knob<?> knob, Object value, String reason) {
        assertThatThrownBy(() -> knob.read(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    @Test
    void wholeNumbersAreWhole() {
        assertThat(WHOLE.read(3)).isEqualTo(3);
        assertThat(WHOLE.read(3.0)).isEqualTo(3);
        refuses(WHOLE, 1.5, "it must be a whole number of at least 1");
        refuses(WHOLE, 0, "it must be a whole number of at least 1");
        refuses(WHOLE, 1L << 40, "it must be a whole number of at least 1");
        refuses(WHOLE, "3", "it must be a whole number of at least 1");
        refuses(WHOLE, null, "it must be a whole number of at least 1");
    }

    @Test
    void oneValueStandsForEveryStage() {
        assertThat(BY_STAGE.read(4).at(2)).isEqualTo(4);
        assertThat(BY_STAGE.read(4).fits(7)).isTrue();
        assertThat(BY_STAGE.read(List.of(4, 5)).at(1)).isEqualTo(5);
        assertThat(BY_STAGE.read(List.of(4, 5)).fits(3)).isFalse();
        refuses(BY_STAGE, List.of(4, 0), "it must be a whole number of at least 1");
        refuses(BY_STAGE, List.of(), "it must have an entry");
    }

    @Test
    void decimalsAreGreaterThanTheirBound() {
        Knob<Double> share = Knob.decimal("share", 0, "A share");
        assertThat(share.read(1)).isEqualTo(1.0);
        refuses(share, 0, "it must be a number greater than 0.0");
        refuses(share, Double.NaN, "it must be a number greater than 0.0");
        refuses(share, Double.POSITIVE_INFINITY, "it must be a number greater than 0.0");
    }

    @Test
    void choicesAreWrittenInKebabCase() {
        Knob<Colour> colour = Knob.choice("colour", Colour.class, "A colour");
        assertThat(colour.read("deep-blue")).isEqualTo(Colour.DEEP_BLUE);
        refuses(colour, "DEEP_BLUE", "it must be one of deep-blue, red");
    }

    @Test
    void groupsAreANumberOrDepthwise() {
        Knob<ByStage<Groups>> groups = Knob.groupsByStage("groups", "Groups");
        assertThat(groups.read("depthwise").at(0).of(48)).isEqualTo(48);
        assertThat(groups.read(List.of("depthwise", 4)).at(1).of(48)).isEqualTo(4);
        refuses(groups, 0, "it must be a whole number of at least 1, or depthwise");
        refuses(groups, 2.5, "it must be a whole number of at least 1, or depthwise");
    }

    @Test
    void onlyAnOptionalKnobTakesNothing() {
        Knob<Optional<Integer>> optional = WHOLE.orNone();
        assertThat(optional.read(null)).isEmpty();
        assertThat(optional.read(3)).contains(3);
        refuses(optional, 0, "it must be a whole number of at least 1");
    }

    @Test
    void settingsNameTheKnobThatTheyCannotRead() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("whole", 1.5);
        values.put("by-stage", Arrays.asList(1, null));
        Settings settings = new Settings(values);
        assertThatThrownBy(() -> settings.get(WHOLE))
                .hasMessage("Cannot take whole = 1.5: it must be a whole number of at least 1");
        assertThatThrownBy(() -> settings.get(BY_STAGE))
                .hasMessage("Cannot take by-stage = [1, null]: it must be a whole number of at least 1");
        assertThatThrownBy(() -> settings.get(Knob.flag("other", "Another")))
                .hasMessage("Cannot build without other: it has no value");
        assertThat(settings.with("whole", 2).get(WHOLE)).isEqualTo(2);
    }
}
