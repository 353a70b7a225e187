package dev.narrows.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.follow.FollowServer;
import dev.narrows.jobs.follow.FollowedStudy;
import dev.narrows.tradeoff.StudyResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that is served while its study runs, as a person reads it. */
class FollowInBrowserTest {
    @TempDir
    private Path folder;

    @Test
    void newResultsArriveAndTheReaderKeepsSelectionControlsAndPlace() throws IOException {
        MadeUpStudy made = MadeUpStudy.usual(folder);
        made.variants().stream().limit(6).forEach(variant -> {
            variant.seeds().forEach(seed -> made.completed(variant, seed, false));
            made.probed(variant, 1);
        });
        AtomicReference<StudyResults> results = new AtomicReference<>(made.results(true));
        FollowedStudy study = new FollowedStudy(results::get, () -> List.of("plain seed=0 on host-1"), 0);
        try (Browser browser = Browser.start(folder.resolve("profile"));
                FollowServer server = FollowServer.start(study, 0)) {
            browser.open(server.address(), Browser.DESK, "light");
            browser.waitFor("document.querySelector('.live span').textContent.includes('running')");
            assertThat(browser.find(".live").getText())
                    .contains("of 32 trials have ended, 1 running", "plain seed=0 on host-1");
            browser.waitFor("document.documentElement.dataset.table !== undefined");
            browser.find("#choices button.link").click();
            browser.run("""
                    const axis = document.querySelectorAll('#choices select')[1];
                    axis.value = 'macs';
                    axis.dispatchEvent(new Event('change'));
                    document.querySelector('#choices .as-table').open = true;
                    window.scrollTo(0, 700);""");
            Object selected = browser.run("return document.querySelector('.tabulator-selected .row-name').textContent");
            browser.run("window.before = true");

            made.variants().stream()
                    .skip(6)
                    .limit(1)
                    .forEach(variant -> variant.seeds().forEach(seed -> made.completed(variant, seed, false)));
            results.set(made.results(true));
            study.refresh();
            browser.waitFor("window.before === undefined && document.documentElement.dataset.restored !== undefined");
            browser.waitFor("document.querySelector('.tabulator-selected .row-name')");
            assertThat(browser.run("return document.querySelector('.tabulator-selected .row-name').textContent"))
                    .isEqualTo(selected);
            assertThat(browser.run("return document.querySelectorAll('#choices select')[1].value"))
                    .isEqualTo("macs");
            assertThat(browser.run("return document.querySelector('#choices .as-table').open"))
                    .isEqualTo(true);
            assertThat(((Number) browser.run("return Math.round(window.scrollY)")).intValue())
                    .isEqualTo(700);

            made.complete();
            results.set(made.results(false));
            study.refresh();
            browser.waitFor("document.documentElement.dataset.over !== undefined");
            assertThat(browser.find(".live").getText()).contains("This page is not refreshed any more.");
            assertThat(server.hasToldTheEnd(60_000)).isTrue();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aPageThatIsOpenedBeforeTheFirstTrialHasEndedFollowsToo() throws IOException {
        MadeUpStudy made = MadeUpStudy.usual(folder);
        AtomicReference<StudyResults> results = new AtomicReference<>(made.results(true));
        FollowedStudy study = new FollowedStudy(results::get, () -> List.of("plain seed=0 on host-1"), 0);
        try (Browser browser = Browser.start(folder.resolve("profile"));
                FollowServer server = FollowServer.start(study, 0)) {
            browser.open(server.address(), Browser.DESK, "light");
            browser.waitFor("document.querySelector('.live span')?.textContent.includes('0 of 32 trials have ended')");
            browser.run("window.before = true");
            made.complete();
            results.set(made.results(true));
            study.refresh();
            browser.waitFor("window.before === undefined && document.documentElement.dataset.restored !== undefined");
            assertThat(browser.all("#choices .canvas")).isNotEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
