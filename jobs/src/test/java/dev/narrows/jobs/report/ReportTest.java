package dev.narrows.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.narrows.jobs.document.Documents;
import dev.narrows.jobs.document.ImportanceDocument;
import dev.narrows.trial.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text of the page, read without a browser. */
class ReportTest {
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("(?:src|href)=\"(?!#|data:)[^\"]*\"");

    @TempDir
    Path folder;

    @Test
    void nothingIsLoadedFromElsewhere() throws IOException {
        String html = MadeUpStudy.usual(folder).complete().html();
        String outsideScripts = SCRIPT.matcher(html).replaceAll("");
        assertThat(ADDRESS.matcher(outsideScripts).results().map(result -> result.group()))
                .isEmpty();
        assertThat(outsideScripts.contains("@import") || outsideScripts.contains("url(http"))
                .isFalse();
        assertThat(html.substring(0, 200)).contains("default-src &#39;none&#39;");
    }

    @Test
    void everyScriptOfThePageIsOneThatItsPolicyNames() throws Exception {
        String html = MadeUpStudy.usual(folder).complete().html();
        Matcher scripts = SCRIPT.matcher(html);
        int found = 0;
        while (scripts.find()) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(scripts.group(1).getBytes(StandardCharsets.UTF_8));
            assertThat(html.substring(0, 2000))
                    .contains("sha256-" + Base64.getEncoder().encodeToString(hash));
            found++;
        }
        assertThat(found).isEqualTo(3);
    }

    @Test
    void whatLooksLikeMarkupIsShownAndNeverRun() throws IOException {
        MadeUpStudy study = MadeUpStudy.of(folder, """
                study = hostile
                question = "</title></script><script>window.hit = 1</script><img src=x onerror='window.hit = 1'>"
                input { shape = [1, 28, 28], classes = 10 }
                grid = [ { family = plain, widths = [8], depths = [1], strides = [1] } ]
                """);
        study.failed(study.variants().get(0), 0, Outcome.FAILED, "</script><script>window.hit = 2</script>");
        String html = study.html();
        assertThat(html.contains("<script>window.hit") || html.contains("<img src=x"))
                .isFalse();
        shows(html, "&lt;img src=x");
        shows(html, "&lt;/script&gt;&lt;script&gt;window.hit = 2");
    }

    @Test
    void theFiguresAreThoseOfTheTables() throws IOException {
        MadeUpStudy study = MadeUpStudy.usual(folder).complete();
        JsonObject figures = figures(study.html());
        assertThat(figures.getAsJsonArray("variants"))
                .hasSize(study.variants().size())
                .first()
                .satisfies(first -> assertThat(first.getAsJsonObject()
                                .getAsJsonObject("values")
                                .get("params")
                                .getAsLong())
                        .isEqualTo(study.variants().get(0).cost().params()));
        assertThat(figures.get("leading").getAsString()).isEqualTo("validation_accuracy");
        assertThat(figures.get("cost").getAsString()).isEqualTo("params");
    }

    @Test
    void whereImagesHaveMasksTheOverlapLeads() throws IOException {
        MadeUpStudy study = MadeUpStudy.of(folder, """
                study = masks
                input { shape = [1, 32, 32], classes = 2 }
                grid = [ { family = u-net, base-width = [4, 8], depth = 2 } ]
                objectives = [ { maximize = validation_mean_iou }, { minimize = macs } ]
                """);
        study.variants().forEach(variant -> study.completed(variant, 0, true));
        JsonObject figures = figures(study.html());
        assertThat(figures.get("leading").getAsString()).isEqualTo("validation_mean_iou");
        assertThat(figures.get("cost").getAsString()).isEqualTo("macs");
    }

    @Test
    void aStudyThatHasNoResultYetSaysSo() throws IOException {
        MadeUpStudy study = MadeUpStudy.usual(folder);
        shows(study.html(true), "still running: 0 of 32 trials have ended");
        shows(study.html(), "stopped: 0 of 32 trials have ended");
    }

    @Test
    void failuresAndRejectionsAreToldByTheirReasons() throws IOException {
        MadeUpStudy study = MadeUpStudy.usual(folder);
        study.variants()
                .forEach(variant -> variant.seeds()
                        .forEach(seed -> study.failed(variant, seed, Outcome.OUT_OF_MEMORY, "Cannot allocate 3 GiB")));
        String html = study.html();
        shows(html, "all 32 trials have ended, 32 of them failed");
        shows(html, "<td>out-of-memory</td><td class=\"number\">32</td>");
        shows(html, "Cannot allocate 3 GiB");
        shows(html, "and 26 more");
        shows(html, "<td>rejected</td><td class=\"number\">1</td>");
    }

    /** A page is too long to be printed where it fails. */
    private static void shows(String html, String words) {
        assertThat(html.contains(words)).as(words).isTrue();
    }

    private static JsonObject figures(String html) {
        String start = "<script type=\"application/json\" id=\"figures\">";
        int from = html.indexOf(start) + start.length();
        return JsonParser.parseString(html.substring(from, html.indexOf("</script>", from)))
                .getAsJsonObject();
    }

    @Test
    void theImportanceForProgramsAddsUpToOneAndNamesTheKnobsOfTheReport() throws IOException {
        Findings findings = Findings.of(MadeUpStudy.usual(folder).complete().results(false));
        assertThat(findings.importance()).isNotEmpty().allSatisfy(importance -> {
            JsonObject told = JsonParser.parseString(Documents.line(ImportanceDocument.of(importance)))
                    .getAsJsonObject();
            double sum = told.get("shared").getAsDouble()
                    + told.get("further").getAsDouble()
                    + told.get("noise").getAsDouble();
            for (JsonElement part : told.getAsJsonArray("shares")) {
                sum += part.getAsJsonObject().get("share").getAsDouble();
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
            assertThat(told.get("measure").getAsString()).isEqualTo("validation_accuracy");
            assertThat(told.get("sentence").getAsString()).startsWith(importance.family() + ": ");
        });
    }
}
