package dev.narrows.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.study.BadInput;
import dev.narrows.tradeoff.JoinedStudies;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several studies in one report. */
class JoinedReportTest {
    private static final String CONF = """
            study = %s
            question = "Does %s pay?"
            input { shape = [1, 28, 28], classes = 10 }
            grid = [ { family = plain, widths = [%s], depths = [1], strides = [1], seeds = [0, 1] } ]
            training { epochs = %d }
            objectives = [ { maximize = validation_accuracy }, { minimize = %s } ]
            """;

    @TempDir
    private Path folder;

    private StudyResults study(String name, String widths, int epochs, String cost) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name + epochs + cost));
        return MadeUpStudy.of(own, CONF.formatted(name, name, widths, epochs, cost))
                .complete()
                .results(false);
    }

    @Test
    void theFrontGoesOverTheVariantsOfAllStudies() throws IOException {
        StudyResults narrow = study("narrow", "[8], [16]", 4, "params");
        StudyResults wide = study("wide", "[16], [64]", 4, "params");
        StudyResults both = JoinedStudies.of(List.of(narrow, wide));
        List<VariantSummary> summaries = both.summaries();
        assertThat(summaries)
                .extracting(VariantSummary::family)
                .containsExactly("narrow: plain", "narrow: plain", "wide: plain", "wide: plain");
        assertThat(summaries).extracting(VariantSummary::id).doesNotHaveDuplicates();
        assertThat(summaries).allSatisfy(summary -> assertThat(summary.chosen()).hasSize(2));
        assertThat(both.size()).isEqualTo(8);
        assertThat(ParetoFront.of(summaries, VariantSummary.criteria(both.objectives())))
                .extracting(VariantSummary::family)
                .contains("narrow: plain", "wide: plain");
        String html = StudyReport.html(both, Instant.EPOCH);
        assertThat(html.contains("Does narrow pay? Does wide pay?")).isTrue();
        assertThat(html.contains("bin/narrows report results/made-up results/made-up --to FILE"))
                .isTrue();
    }

    @Test
    void latenciesThatDoNotCompareAreLeftOutWithANote() throws IOException {
        StudyResults one = study("one", "[8], [16]", 4, "params");
        Path own = Files.createDirectories(folder.resolve("threads"));
        StudyResults two = MadeUpStudy.of(own, CONF.formatted("two", "two", "[32]", 4, "params") + "threads = 2\n")
                .complete()
                .results(false);
        assertThat(JoinedStudies.of(List.of(one, study("other", "[64]", 4, "params")))
                        .notes())
                .isEmpty();
        StudyResults both = JoinedStudies.of(List.of(one, two));
        assertThat(both.notes())
                .containsExactly("the latencies of these studies were measured with different threads or on different"
                        + " kinds of device, so only those that were measured last are shown");
        assertThat(both.summaries().stream()
                        .filter(summary -> !summary.latency().isEmpty()))
                .hasSizeBetween(1, 2);
    }

    @Test
    void studiesThatWereJudgedInAnotherWayAreRefusedWithWhatDiffers() throws IOException {
        StudyResults short_ = study("short", "[8]", 4, "params");
        StudyResults long_ = study("long", "[8]", 8, "macs");
        assertThatThrownBy(() -> JoinedStudies.of(List.of(short_, long_)))
                .isInstanceOf(BadInput.class)
                .hasMessage("Cannot report on short and long together: their epochs differ (short: 4; long: 8);"
                        + " their objectives differ"
                        + " (short: maximize validation_accuracy, minimize params;"
                        + " long: maximize validation_accuracy, minimize macs);"
                        + " narrows report writes one report for each");
    }

    @Test
    void aStudyThatIsNamedTwiceIsRefused() throws IOException {
        StudyResults one = study("one", "[8]", 4, "params");
        assertThatThrownBy(() -> JoinedStudies.of(List.of(one, one)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("one of them is named twice");
    }
}
