package dev.narrows.jobs.report;

import dev.narrows.study.Study;
import dev.narrows.tradeoff.StudyResults;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The report of a study: one HTML file that needs no network and opens from a disk. */
public final class StudyReport {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    private StudyReport() {}

    /**
     * The whole page.
     *
     * @param results with their study and its plan
     * @param writtenAt the moment of these results
     */
    public static String html(StudyResults results, Instant writtenAt) {
        return html(results, writtenAt, null);
    }

    /**
     * The page of a study that runs, for a server: it asks for {@code /state} and loads itself again when the version
     * there is another.
     *
     * @param version changes with the results
     */
    public static String live(StudyResults results, Instant writtenAt, String version) {
        return html(results, writtenAt, version);
    }

    private static String html(StudyResults results, Instant writtenAt, @Nullable String version) {
        Assets assets = Assets.read();
        Findings findings = Findings.of(results);
        Study study = findings.study();
        Sketches sketches = Sketches.of(findings);
        Telling telling = Telling.of(findings.answer());
        Page page = new Page(
                study.name(),
                study.question().orElse(study.name()),
                Facts.state(findings),
                Facts.written(writtenAt),
                telling.first(),
                telling.further(),
                Facts.of(findings),
                sketches.drawn(),
                sketches.left(),
                LeftOutVariants.of(findings),
                Reasons.failures(findings),
                Reasons.rejections(findings),
                Facts.provenance(findings),
                Facts.commands(findings),
                study.resolved(),
                assets.style(),
                assets.libraries(),
                assets.script(),
                Json.of(Figures.of(findings)),
                assets.policy(version != null),
                version);
        StringOutput output = new StringOutput(1 << 21);
        TEMPLATES.render("report.jte", page, output);
        return output.toString();
    }
}
