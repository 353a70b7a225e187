package dev.narrows.jobs.report;

import dev.narrows.tradeoff.VariantSummary;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;

/** The report of a study: one HTML file that asks nothing of any network and opens from a disk. */
public final class Report {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    private Report() {}

    /** The whole page. */
    public static String html(Material material) {
        List<VariantSummary> summaries = material.summaries();
        Assets assets = Assets.read();
        Figures figures = Figures.of(material, summaries);
        Sketches sketches = Sketches.of(material.plan().variants(), figures);
        Page page = new Page(
                material.study().name(),
                material.study().question().orElse(material.study().name()),
                Facts.state(material),
                Answer.of(material, summaries, figures),
                Facts.of(material),
                sketches.drawn(),
                sketches.left(),
                Reasons.failures(material),
                Reasons.rejections(material),
                Facts.provenance(material),
                Facts.commands(material),
                material.study().resolved(),
                assets.style(),
                assets.libraries(),
                assets.script(),
                Json.of(figures),
                assets.policy());
        StringOutput output = new StringOutput(1 << 21);
        TEMPLATES.render("report.jte", page, output);
        return output.toString();
    }
}
