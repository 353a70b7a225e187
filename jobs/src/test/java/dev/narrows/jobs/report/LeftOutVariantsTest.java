package dev.narrows.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.search.SearchState;
import dev.narrows.space.Variant;
import dev.narrows.tradeoff.StudyResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftOutVariantsTest {
    private static final String STUDY = """
            study = made-up
            question = "Does a thin middle pay?"
            input { shape = [1, 16, 16], classes = 4 }
            grid = [
              { family = bottleneck, stem { width = 4 }, widths = [[8, 16], [16, 32], [32, 64], [48, 96], [64, 128]]
                depths = [1, 1], strides = [1, 2], mid-ratio = [0.25, 0.5, 1], cardinality = [1, 2] }
            ]
            training { epochs = 2 }
            objectives = [ { maximize = validation_accuracy }, { minimize = params } ]
            """;

    @TempDir
    private Path folder;

    /** A search of made-up accuracies, until it is over or so many trials have ended. */
    private MadeUpStudy searched(int most) throws IOException {
        MadeUpStudy made = MadeUpStudy.of(folder, "search = front\n" + STUDY);
        Map<String, Variant> variants = made.variants().stream().collect(Collectors.toMap(Variant::id, v -> v));
        SearchState state = state(made);
        while (!state.over() && made.rows.size() < most) {
            Variant next = variants.get(state.open().get(0));
            made.completed(next, next.firstSeed(), false);
            state = state(made);
        }
        return made;
    }

    private static SearchState state(MadeUpStudy made) {
        StudyResults results = made.results(false);
        return results.search().orElseThrow().state(results.trials());
    }

    @Test
    void aReportListsWhatASearchLeftOutTheLikeliestFirst() throws IOException {
        MadeUpStudy made = searched(Integer.MAX_VALUE);
        Findings findings = Findings.of(made.results(false));
        assertThat(LeftOutVariants.of(findings))
                .hasSize(made.variants().size() - made.rows.size())
                .isSortedAccordingTo((one, other) -> Double.compare(percent(other.chance()), percent(one.chance())))
                .allSatisfy(row -> assertThat(row.interval()).matches("\\d+\\.\\d\\d % to \\d+\\.\\d\\d %"));
        String html = made.html();
        assertThat(html.contains("Not trained by the search")).isTrue();
        assertThat(html.contains("The search trained %d of 30 variants.".formatted(made.rows.size())))
                .isTrue();
        assertThat(html.contains(LeftOutVariants.of(findings).get(0).label())).isTrue();
    }

    private static double percent(String text) {
        return Double.parseDouble(text.replace(" %", ""));
    }

    @Test
    void aStudyThatIsTrainedWholeHasNoSuchSection() throws IOException {
        MadeUpStudy made = MadeUpStudy.of(folder, STUDY).complete();
        assertThat(LeftOutVariants.of(Findings.of(made.results(false)))).isEmpty();
        assertThat(made.html().contains("Not trained by the search")).isFalse();
    }

    @Test
    void beforeThereIsAModelNothingIsPredicted() throws IOException {
        assertThat(LeftOutVariants.of(Findings.of(searched(3).results(true)))).isEmpty();
    }
}
