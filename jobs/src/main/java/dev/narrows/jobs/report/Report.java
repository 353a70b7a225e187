package dev.narrows.jobs.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** The report of a study: one HTML file that asks nothing of any network and opens from a disk. */
public final class Report {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    private Report() {}

    /** The whole page. */
    public static String html(Material material) {
        Assets assets = Assets.read();
        Findings findings = Findings.of(material);
        Sketches sketches = Sketches.of(findings);
        Page page = new Page(
                material.study().name(),
                material.study().question().orElse(material.study().name()),
                Facts.state(material),
                Facts.written(material),
                Answer.of(findings),
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
                Json.of(Figures.of(findings)),
                assets.policy());
        StringOutput output = new StringOutput(1 << 21);
        TEMPLATES.render("report.jte", page, output);
        return output.toString();
    }
}
