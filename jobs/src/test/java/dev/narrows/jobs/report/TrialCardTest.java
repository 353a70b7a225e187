package dev.narrows.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.show.TrialCard;
import dev.narrows.space.Variant;
import dev.narrows.study.LatencyRuntime;
import dev.narrows.tradeoff.VariantSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** The lines that {@code narrows show} prints about a trial. */
class TrialCardTest {
    @TempDir
    private Path folder;

    @Test
    void latenciesNameTheirRuntimeWhereThereAreSeveral() throws IOException {
        MadeUpStudy study = MadeUpStudy.usual(folder);
        Variant variant = study.variants().get(0);
        study.completed(variant, 0, false);
        study.probed(variant, 1);
        assertThat(card(study)).containsPattern("latency +p50 [\\d.]+ \\S+ at batch 1\\n");
        study.probed(variant, 1, LatencyRuntime.ONNX);
        assertThat(card(study))
                .containsPattern("latency +torch p50 [\\d.]+ \\S+ at batch 1, onnx p50 [\\d.]+ \\S+ at batch 1\\n");
    }

    @Test
    void everyMeasureOfQualityThatTheTrialHasIsShown() throws IOException {
        MadeUpStudy study = MadeUpStudy.usual(folder);
        study.completed(study.variants().get(0), 0, true);
        assertThat(card(study))
                .containsPattern("validation accuracy +[\\d.]+ %\\n")
                .containsPattern("mean IoU +[\\d.]+ %\\n")
                .containsPattern("Dice +[\\d.]+ %\\n")
                .doesNotContain("balanced accuracy");
    }

    private static String card(MadeUpStudy study) {
        VariantSummary summary = study.results(false).summaries().get(0);
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        new TrialCard(study.rows.get(0), summary, new Terminal(out, out, Integer.MAX_VALUE, Ansi.OFF, false)).print();
        return said.toString();
    }
}
