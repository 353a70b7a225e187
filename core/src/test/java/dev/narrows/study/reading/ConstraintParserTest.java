package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.study.BadInput;
import dev.narrows.study.Constraint;
import dev.narrows.study.Constraint.Comparison;
import dev.narrows.study.Measure;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstraintParserTest {
    @Test
    void comparisonsAreJoinedByAnd() {
        assertThat(ConstraintParser.parse("params <= 200k and latency_p50_us<500 AND validation_accuracy >= 85 %", "x"))
                .containsExactly(
                        new Constraint(Measure.PARAMS, Comparison.AT_MOST, 200_000),
                        new Constraint(Measure.LATENCY_P50_US, Comparison.LESS, 500),
                        new Constraint(Measure.VALIDATION_ACCURACY, Comparison.AT_LEAST, 0.85));
    }

    @Test
    void magnitudesAndUnderscoresAreRead() {
        assertThat(ConstraintParser.parse("macs > 1.5M", "x").get(0).bound()).isEqualTo(1.5e6);
        assertThat(ConstraintParser.parse("macs = 1_500_000", "x").get(0).bound())
                .isEqualTo(1.5e6);
    }

    @Test
    void aPercentageIsTheShareThatIsWrittenAsANumber() {
        for (int tenths = 0; tenths <= 1000; tenths++) {
            String percent = BigDecimal.valueOf(tenths, 1).toString();
            String share = BigDecimal.valueOf(tenths, 3).toString();
            assertThat(ConstraintParser.parse("validation_accuracy >= " + percent + " %", "x"))
                    .as(percent)
                    .isEqualTo(ConstraintParser.parse("validation_accuracy >= " + share, "x"));
        }
        assertThat(ConstraintParser.parse("validation_accuracy >= 35%", "x")
                        .get(0)
                        .holds(7.0 / 20))
                .isTrue();
        assertThatThrownBy(() -> ConstraintParser.parse("validation_accuracy >= 1e999 %", "x"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("it is a share from 0 to 1");
    }

    @Test
    void studyFilesSayTheSame(@TempDir Path folder) {
        String study = StudyFiles.gridText("{ family = plain }");
        List<Constraint> asked = ConstraintParser.parse("params <= 200000", "x");
        assertThat(StudyFiles.read(folder, study + "constraints { params = \"<= 200k\" }")
                        .constraints())
                .isEqualTo(asked);
        assertThat(StudyFiles.read(folder, study + "constraints = \"params <= 200k\"")
                        .constraints())
                .isEqualTo(asked);
        assertThat(StudyFiles.problems(folder, study + "constraints { parms = \"<= 200k\" }"))
                .containsExactly("x.conf: 4: Cannot choose by parms: there is no such measure; the nearest is"
                        + " params (character 1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parms <= 2|--where: Cannot choose by parms: there is no such measure; the nearest is"
                        + " params (character 1)",
                "params 200|--where: Cannot compare params: '200' at character 8 is none of < <= = >= >",
                "params <= many|--where: Cannot compare params: 'many' at character 11 is no number",
                "params <=|--where: Cannot compare params: the end is no number",
                "params <= 2 macs < 3|--where: Cannot go on at character 13 with 'macs': comparisons are joined by and",
                "params <= 2 and|--where: Cannot end with 'and': a comparison comes after it",
                "params <= 2kB|--where: Cannot compare params with 2kB at character 11: a number may end"
                        + " in k, M or G, and its unit is that of the measure's name",
                "validation_accuracy > 85|--where: Cannot compare validation_accuracy with 85 at character"
                        + " 23: it is a share from 0 to 1; did you mean 85 %?",
                "test_accuracy > 0.5|--where: Cannot choose by test_accuracy: the test images are looked"
                        + " at once, after the choice; validation_accuracy is what choices use (character 1)",
            })
    void whatIsWrongIsToldWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> ConstraintParser.parse(text, "--where"))
                .isInstanceOf(BadInput.class)
                .hasMessage(message);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> ConstraintParser.parse("parms <= 2 and macs < x", "--where"))
                .isInstanceOfSatisfying(
                        BadInput.class, bad -> assertThat(bad.problems()).hasSize(2));
        assertThatThrownBy(() -> ConstraintParser.parse(" ", "--where")).isInstanceOf(BadInput.class);
    }

    @Test
    void whatWasNotMeasuredKeepsNothing() {
        for (Comparison comparison : List.of(Comparison.values())) {
            assertThat(new Constraint(Measure.PARAMS, comparison, 1).holds(Double.NaN))
                    .isFalse();
        }
    }
}
