package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.SearchSpec;
import dev.narrows.study.Study;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchReaderTest {
    @TempDir
    Path folder;

    private Study read(String more, String... overrides) {
        return StudyFiles.read(folder, StudyFiles.LEAST + more, overrides);
    }

    @ParameterizedTest
    @ValueSource(strings = {"search = front", "search { for = front }", "search { risk = 0.5 }"})
    void aWordAloneIsTheGoalAndSettingsAloneAreThoseOfASearch(String text) {
        assertThat(read(text).search()).contains(SearchSpec.USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "search = none", "search { for = none, risk = 2 }"})
    void whoDoesNotAskForASearchTrainsTheWholeGrid(String text) {
        assertThat(read(text).search()).isEmpty();
    }

    @Test
    void anOverrideTurnsASearchOnAndOff() {
        assertThat(read("", "search=front").search()).contains(SearchSpec.USUAL);
        assertThat(read("", "search.tolerance=0.01", "search.batch=7").search())
                .contains(new SearchSpec(0.01, 0.5, 0.15, Optional.of(7), false));
        assertThat(read("", "search.stops=true").search().orElseThrow().stops()).isTrue();
        assertThat(read("search { risk = 1 }", "search=none").search()).isEmpty();
    }

    @Test
    void theResolvedStudyIsSearchedInTheSameWay() {
        Study study = read("search { tolerance = 0.02 }");
        assertThat(study.resolved())
                .contains("tolerance=0.02")
                .contains("for=front")
                .contains("risk=0.5");
        assertThat(StudyFiles.read(folder, study.resolved()).search()).isEqualTo(study.search());
        assertThat(StudyFiles.read(folder, read("search = front").resolved()).search())
                .contains(SearchSpec.USUAL);
        assertThat(StudyFiles.read(folder, read("").resolved()).search()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    search = frnt | Cannot take search.for = frnt: it must be one of front, none; the nearest is front
                    search { tolerance = -0.1 } | Cannot take search.tolerance = -0.1: it must be a number of at least 0
                    search { risk = -1 } | Cannot take search.risk = -1: it must be a number of at least 0
                    search { sample = 0 } | Cannot take search.sample = 0: it must be a number greater than 0 and at \
                    most 1
                    search { batch = 0 } | Cannot take search.batch = 0: it must be a whole number of at least 1
                    search { toleranc = 1 } | Cannot take search.toleranc: there is no such key; the nearest is \
                    tolerance
                    search = front, objectives = [ { minimize = params } ] | Cannot search by params: a search needs \
                    an objective on quality, such as validation_accuracy
                    search = front, objectives = [ { maximize = validation_accuracy } ] | Cannot search by \
                    validation_accuracy alone: a search needs an objective on cost, such as params
                    search = front, objectives = [ { maximize = validation_accuracy }, { minimize = train_seconds } ] \
                    | Cannot search by train_seconds: only training tells it, and a search must know costs before
                    search = front, objectives = [ { maximize = validation_accuracy }, { minimize = latency_p50_us } \
                    ], latency { for = front } | Cannot search by latency_p50_us: latency.for is front, and a search \
                    measures all variants before it trains
                    search { stops = true }, training { learning-rate = [0.1, 0.05] } | Cannot search with \
                    search.stops = true and 2 choices of training settings: of each variant one trial is stopped or none
                    search = front, training { precision = [auto, bf16] } | Cannot search with training.precision = \
                    auto beside others: auto may be one of them
                    """)
    void aSearchThatCannotBeIsRefusedWithItsPlace(String text, String problem) {
        assertThat(StudyFiles.problems(folder, StudyFiles.LEAST + text)).containsExactly("x.conf: 2: " + problem);
    }

    @Test
    void aSearchByLatencyMeasuresAllVariants() {
        Study study = read("search = front, objectives = [ { maximize = validation_accuracy },"
                + " { minimize = latency_p50_us } ]");
        assertThat(study.search()).isPresent();
    }
}
