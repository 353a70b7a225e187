package dev.narrows.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.LatencyRuntime;
import dev.narrows.trial.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page as a person uses it. With {@code -Dreport.pictures=FOLDER} it leaves screenshots there. */
class ReportInBrowserTest {
    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        page = save("usual.html", MadeUpStudy.usual(folder).complete().html());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void theConsoleIsSilent() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static Path save(String name, String html) throws IOException {
        return Files.writeString(folder.resolve(name), html);
    }

    @ParameterizedTest
    @CsvSource({"1400,light", "1400,dark", "390,light", "390,dark"})
    void everySectionIsDrawnAndNothingIsWiderThanTheScreen(int width, String scheme) throws IOException {
        browser.open(page, width, scheme);
        assertThat((Boolean) browser.run(
                        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isTrue();
        for (String section : new String[] {
            "choices", "parallel", "effects", "slices", "importance", "distributions", "learning", "proxies", "latency"
        }) {
            assertThat(browser.all("#" + section + " .canvas svg path"))
                    .as(section)
                    .isNotEmpty();
        }
        assertThat((Boolean) browser.run("""
                        const table = document.querySelector('#choices .below .scroll');
                        return table.scrollWidth <= table.clientWidth;"""))
                .as("the table of the front needs no sideways scrolling")
                .isTrue();
        assertLabelsStandApart();
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(scheme.equals("dark") ? "rgb(16, 19, 22)" : "rgb(244, 245, 246)");
        String pictures = System.getProperty("report.pictures");
        if (pictures != null) {
            browser.picture(Path.of(pictures, "report-%d-%s.png".formatted(width, scheme)));
        }
    }

    /** Labels of marks are the texts of the chart with a knob in them. */
    private static void assertLabelsStandApart() {
        assertThat((String) browser.run("""
                        const boxes = [...document.querySelectorAll('#choices .canvas svg text')]
                          .filter(text => text.textContent.includes('='))
                          .map(text => ({ words: text.textContent, box: text.getBoundingClientRect() }));
                        const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
                          && one.top < other.bottom - 3 && other.top < one.bottom - 3;
                        const over = boxes.flatMap((one, i) => boxes.slice(i + 1)
                          .filter(other => meet(one.box, other.box))
                          .map(other => one.words + ' over ' + other.words));
                        return boxes.length === 0 ? 'no label' : over.join('; ');""")).isEmpty();
    }

    @Test
    void aNameInTheTableOfTheFrontShowsItsMarkWhileItHasTheFocus() {
        browser.open(page, Browser.DESK, "light");
        String ringed = """
                const chart = echarts.getInstanceByDom(document.querySelector('#choices .canvas'));
                return chart.getOption().series.find(series => series.id === 'selected').data.length;""";
        assertThat(((Number) browser.run(ringed)).intValue()).isZero();
        browser.run("document.querySelector('#choices .below button.link').focus()");
        assertThat(((Number) browser.run(ringed)).intValue()).isOne();
        browser.run("document.activeElement.blur()");
        assertThat(((Number) browser.run(ringed)).intValue()).isZero();
    }

    @Test
    void hoverTellsWhichVariantAMarkIsAndASelectionFindsItsRow() {
        browser.open(page, Browser.DESK, "light");
        // Where the mark of the first variant is, which no other may cover.
        Object place = browser.run("""
                const chart = echarts.getInstanceByDom(document.querySelector('#choices .canvas'));
                const series = chart.getOption().series;
                for (let s = 0; s < series.length; s++) {
                  const mark = (series[s].data || []).find(datum => datum.variant === 0);
                  if (mark) {
                    const at = chart.convertToPixel({ seriesIndex: s }, mark.value);
                    const box = chart.getDom().getBoundingClientRect();
                    chart.getDom().scrollIntoView({ block: 'center' });
                    return [Math.round(at[0] - box.width / 2), Math.round(at[1] - box.height / 2)].join();
                  }
                }""");
        String[] at = ((String) place).split(",", 2);
        WebElement canvas = browser.find("#choices .canvas");
        browser.actions()
                .moveToElement(canvas, Integer.parseInt(at[0]), Integer.parseInt(at[1]))
                .perform();
        browser.waitFor("document.querySelector('#choices .card')?.offsetParent");
        String label = (String)
                browser.run("return JSON.parse(document.getElementById('figures').textContent).variants[0].label");
        assertThat(browser.find("#choices .card").getText()).contains(label, "params", "MACs", "latency p50");
        browser.actions().click().perform();
        browser.waitFor("document.querySelector('.tabulator-row.tabulator-selected')");
        assertThat(browser.find(".tabulator-row.tabulator-selected").getText()).contains(label);
    }

    @Test
    void aFilterNarrowsTheTableAndAHeadingSortsIt() {
        browser.open(page, Browser.DESK, "light");
        assertThat(browser.find("#variants .counted").getText()).isEqualTo("11 of 11 shown");
        browser.find("#variants input[type=search]").sendKeys("cardinality=4");
        browser.waitFor("document.querySelector('#variants .counted').textContent === '3 of 11 shown'");
        assertThat(browser.all("#variants .tabulator-row")).hasSize(3);
        browser.find("#variants input[type=search]").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE);
        browser.find("[tabulator-field='values|params'] input").sendKeys("<10k");
        browser.waitFor("!document.querySelector('#variants .counted').textContent.startsWith('11 of')");
        WebElement heading = browser.find("[tabulator-field='values|params'] .tabulator-col-title");
        heading.sendKeys(Keys.ENTER);
        browser.waitFor("document.querySelector('[tabulator-field=\"values|params\"]').ariaSort !== 'none'");
        assertThat((Boolean) browser.run("""
                        const params = [...document.querySelectorAll('#variants .tabulator-row')].map(row =>
                          parseFloat(row.querySelector('[tabulator-field="values|params"]').textContent));
                        return params.length > 1
                          && params.every((value, i) => i === 0 || value <= params[i - 1]);""")).isTrue();
    }

    /** Dots in the name of a knob are no steps into an object. */
    @Test
    void aKnobWithADotInItsNameIsInTheTableAndInItsCsv() throws IOException {
        MadeUpStudy stems = MadeUpStudy.of(folder, """
                study = stems
                input { shape = [1, 28, 28], classes = 10 }
                grid = [ { family = residual, stem { width = [8, 16] }, widths = [16, 32], depths = [1, 1], strides = \
                [1, 2] } ]
                """);
        browser.open(save("stems.html", stems.complete().html()), Browser.DESK, "light");
        browser.waitFor("document.documentElement.dataset.table !== undefined");
        browser.run("""
                [...document.querySelectorAll('#variants label')]
                  .find(label => label.textContent.includes('knobs as columns')).querySelector('input').click()""");
        browser.waitFor("document.querySelector('[tabulator-field=\"knobs|stem.width\"]')?.offsetParent");
        String cells = """
                return [...document.querySelectorAll('#variants .tabulator-row [tabulator-field="knobs|stem.width"]')]
                  .map(cell => cell.textContent).sort().join()""";
        assertThat(browser.run(cells)).isEqualTo("16,8");
        // What the button saves, without a file.
        browser.run("""
                document.addEventListener('click', event => event.target.download && event.preventDefault(), true);
                const address = URL.createObjectURL;
                URL.createObjectURL = blob => {
                  blob.text().then(text => { window.saved = text; });
                  return address.call(URL, blob);
                };
                [...document.querySelectorAll('#variants button')]
                  .find(button => button.textContent === 'Save as CSV').click()""");
        browser.waitFor("window.saved");
        assertThat(browser.run("""
                const lines = window.saved.replace('\\ufeff', '').replaceAll('"', '').split('\\n')
                  .map(line => line.split(','));
                const at = lines[0].indexOf('stem.width');
                return lines.slice(1).map(line => line[at]).sort().join()""")).isEqualTo("16,8");
        browser.find("[tabulator-field='knobs|stem.width'] input").sendKeys("16");
        browser.waitFor("document.querySelector('#variants .counted').textContent === '1 of 2 shown'");
    }

    @Test
    void latenciesOfTwoRuntimesAreToldApart() throws IOException {
        MadeUpStudy both = MadeUpStudy.usual(folder).complete();
        browser.open(save("one-runtime.html", both.html()), Browser.DESK, "light");
        browser.find("#latency .as-table summary").sendKeys(Keys.ENTER);
        browser.waitFor("document.querySelector('#latency .as-table table')");
        assertThat(browser.find("#latency").getText()).doesNotContain("torch", "runtime");

        both.variants().forEach(variant -> both.probed(variant, 1, LatencyRuntime.ONNX));
        browser.open(save("two-runtimes.html", both.html()), Browser.DESK, "light");
        String label = both.variants().get(0).label();
        assertThat((String) browser.run("""
                const chart = echarts.getInstanceByDom(document.querySelector('#latency .canvas'));
                return chart.getOption().yAxis[0].data.join('; ')""")).contains("torch: " + label, "onnx: " + label);
        String card = """
                const chart = echarts.getInstanceByDom(document.querySelector('#latency .canvas'));
                const option = chart.getOption();
                const bar = option.yAxis[0].data.indexOf(arguments[0]);
                return option.tooltip[0].formatter({ dataIndex: bar })""";
        assertThat((String) browser.run(card, "onnx: " + label)).contains("batch 1, onnx, cpu, bf16");
        browser.find("#latency .as-table summary").sendKeys(Keys.ENTER);
        browser.waitFor("document.querySelector('#latency .as-table table')");
        assertThat(browser.find("#latency .as-table thead").getText()).startsWith("Variant runtime batch");
        assertThat(browser.find("#latency .as-table tbody").getText()).contains(label + " torch 1", label + " onnx 1");
    }

    @Test
    void aSelectionGoesToEveryChartAndTable() {
        browser.open(page, Browser.DESK, "light");
        browser.waitFor("document.documentElement.dataset.table !== undefined");
        browser.find("#parallel .as-table summary").sendKeys(Keys.ENTER);
        browser.waitFor("document.querySelector('#parallel .as-table button')");
        WebElement name = browser.find("#parallel .as-table button");
        String label = name.getText();
        name.sendKeys(Keys.ENTER);
        browser.waitFor("document.querySelector('.tabulator-row.tabulator-selected')");
        assertThat(browser.find(".tabulator-row.tabulator-selected").getText()).contains(label);
        assertThat(browser.find("#parallel tr.selected").getText()).contains(label);
        assertThat(browser.run("""
                const chart = echarts.getInstanceByDom(document.querySelector('#parallel .canvas'));
                return chart.getOption().series.find(one => one.name === 'selected').data.length""")).isEqualTo(1L);
        assertThat(browser.find("#choices .canvas").getText()).contains(label);
    }

    @Test
    void aSliceJoinsVariantsThatDifferInItsKnobAlone() {
        browser.open(page, Browser.DESK, "light");
        browser.run("""
                const axis = document.querySelectorAll('#slices select')[2];
                axis.value = 'mid-ratio';
                axis.dispatchEvent(new Event('change'));""");
        assertThat(browser.run("""
                const chart = echarts.getInstanceByDom(document.querySelector('#slices .canvas'));
                const option = chart.getOption();
                const lines = option.series.filter(one => one.name !== 'mean').map(one => one.data.length);
                return [option.xAxis[0].data.join(), ...lines].join(' ')""")).isEqualTo("0.125,0.25,0.5 3 3");
    }

    @Test
    void sharesOfTheVarianceAreBarsFromZeroThatAddUp() {
        browser.open(page, Browser.DESK, "light");
        assertThat(browser.find("#importance .canvas").getText()).contains("mid-ratio", "seeds alone");
        assertThat(browser.run("""
                const figures = JSON.parse(document.getElementById('figures').textContent);
                const sum = one => one.shares.reduce((sum, part) => sum + part.share, 0);
                return figures.importance.every(one => Math.abs(sum(one) - 1) < 1e-3)""")).isEqualTo(true);
        assertThat(browser.run("""
                const chart = echarts.getInstanceByDom(document.querySelector('#importance .canvas'));
                return chart.getModel().getComponent('xAxis').axis.scale.getExtent()[0]""")).isEqualTo(0L);
    }

    @Test
    void theBudgetSliderMovesTheAnswerAndSelectsItsVariant() {
        browser.open(page, Browser.DESK, "light");
        browser.waitFor("document.documentElement.dataset.table !== undefined");
        WebElement slider = browser.find("#budget");
        slider.sendKeys(Keys.HOME);
        browser.waitFor("document.querySelector('.taken').textContent.startsWith('With a budget of')");
        String least = browser.find(".taken").getText();
        Object words = browser.run("""
                const step = JSON.parse(document.getElementById('figures').textContent).budgets[0].steps[0];
                return document.querySelector('.amount').textContent + ' (params), ' + step.words;""");
        assertThat(least).isEqualTo("With a budget of " + words);
        slider.sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.find(".taken").getText()).isNotEqualTo(least);
        // The table and the chart show the variant of this step.
        Object label = browser.run("""
                const figures = JSON.parse(document.getElementById('figures').textContent);
                return figures.variants[figures.budgets[0].steps[1].variant].label;""");
        assertThat(browser.find(".tabulator-row.tabulator-selected").getText()).contains((String) label);
        assertThat(browser.find("#choices .canvas").getText()).contains((String) label);
    }

    @Test
    void axesChangeAndTheTableBesideTheChartFollows() {
        browser.open(page, Browser.DESK, "light");
        browser.find("#choices .as-table summary").sendKeys(Keys.ENTER);
        browser.waitFor("document.querySelector('#choices .as-table table')");
        browser.run("""
                const across = document.querySelectorAll('#choices select')[1];
                across.value = 'macs';
                across.dispatchEvent(new Event('change'));""");
        assertThat(browser.find("#choices .as-table thead").getText()).contains("validation accuracy", "MACs");
        assertThat(browser.find("#choices .canvas").getText()).contains("MACs (less is better)");
    }

    @Test
    void theKeyboardReachesEverything() {
        browser.open(page, Browser.DESK, "light");
        WebElement body = browser.find("body");
        body.sendKeys(Keys.TAB);
        assertThat(browser.run("return document.activeElement.className")).isEqualTo("skip");
        Object unreachable = browser.run("""
                return [...document.querySelectorAll('select, input, button, summary, a[href], .scroll, \
                .tabulator-sortable .tabulator-col-title')]
                  .filter(control => control.tabIndex < 0)
                  .map(control => control.outerHTML.slice(0, 80)).join('; ')""");
        assertThat(unreachable).isEqualTo("");
        browser.find("#choices button.link").sendKeys(Keys.ENTER);
        browser.waitFor("document.querySelector('.tabulator-row.tabulator-selected')");
    }

    @Test
    void textAndMarksStandOutFromTheirGround() {
        for (String scheme : new String[] {"light", "dark"}) {
            browser.open(page, Browser.DESK, scheme);
            assertThat(browser.run("""
                    const style = getComputedStyle(document.documentElement);
                    const light = name => {
                      const parts = style.getPropertyValue('--' + name).trim().match(/[0-9a-f]{2}/gi).map(part => \
                    parseInt(part, 16) / 255)
                        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
                    };
                    const ratio = (one, other) => {
                      const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
                      return (high + 0.05) / (low + 0.05);
                    };
                    const texts = ['ink', 'soft', 'accent', 'good', 'open', 'bad'];
                    const marks = [...Array(9).keys()].map(i => 'shade-' + (i + 1));
                    return [
                      ...texts.flatMap(text => ['paper', 'ground', 'wash'].filter(on => ratio(text, on) < 4.5).map(on \
                    => text + ' on ' + on)),
                      ...marks.filter(mark => ratio(mark, 'paper') < 3),
                    ].join('; ')""")).as(scheme).isEqualTo("");
        }
    }

    @Test
    void whatLooksLikeMarkupIsInert() throws IOException {
        MadeUpStudy study = MadeUpStudy.of(folder, """
                study = hostile
                question = "</title></script><script>window.hit = 1</script><img src=x onerror='window.hit = 1'>"
                input { shape = [1, 28, 28], classes = 10 }
                grid = [ { family = plain, widths = [[8], [16], [24]], depths = [1], strides = [1] } ]
                """);
        study.completed(study.variants().get(0), 0, false);
        study.completed(study.variants().get(1), 0, false);
        study.failed(study.variants().get(2), 0, Outcome.FAILED, "</script><script>window.hit = 2</script><b>bold</b>");
        browser.open(save("hostile.html", study.html()), Browser.DESK, "light");
        assertThat(browser.run("return window.hit === undefined")).isEqualTo(true);
        assertThat(browser.find("h1").getText()).contains("<script>window.hit = 1</script>");
        assertThat(browser.find("#failures").getText()).contains("<b>bold</b>");
    }

    @Test
    void studiesWithLittleOrNothingToShowOpenToo() throws IOException {
        MadeUpStudy nothing = MadeUpStudy.usual(folder);
        browser.open(save("empty.html", nothing.html(true)), Browser.DESK, "light");
        assertThat(browser.find("#choices").getText()).contains("no trial has a result");

        MadeUpStudy half = MadeUpStudy.usual(folder);
        half.variants().stream().limit(5).forEach(variant -> half.completed(variant, 0, false));
        browser.open(save("half.html", half.html(true)), Browser.DESK, "light");
        assertThat(browser.find("header").getText())
                .contains("still running: 5 of 32 trials have ended", "27 trials have not ended")
                .contains("one seed");

        MadeUpStudy one = MadeUpStudy.of(folder, """
                study = one
                input { shape = [1, 28, 28], classes = 10 }
                grid = [ { family = plain, widths = [8], depths = [1], strides = [1] } ]
                """);
        one.completed(one.variants().get(0), 0, false);
        browser.open(save("one.html", one.html()), Browser.PHONE, "dark");
        assertThat(browser.all("#variants .tabulator-row")).hasSize(1);

        MadeUpStudy masks = MadeUpStudy.of(folder, """
                study = masks
                input { shape = [1, 32, 32], classes = 2 }
                grid = [ { family = u-net, base-width = [4, 8], depth = [1, 2], seeds = [0, 1] } ]
                objectives = [ { maximize = validation_mean_iou }, { minimize = macs } ]
                """);
        masks.variants().forEach(variant -> variant.seeds().forEach(seed -> masks.completed(variant, seed, true)));
        browser.open(save("masks.html", masks.html()), Browser.DESK, "light");
        assertThat(browser.find("#choices .canvas").getText()).contains("mean IoU");
    }

    /** Prints the time that a large study takes to open, and asserts nothing about it. */
    @Test
    void twoThousandVariantsOpen() throws IOException {
        StringBuilder widths = new StringBuilder();
        for (int width = 4; width < 504; width++) {
            widths.append(width == 4 ? "" : ", ").append("[%d]".formatted(width));
        }
        MadeUpStudy large = MadeUpStudy.of(folder, """
                study = large
                input { shape = [1, 28, 28], classes = 10 }
                grid = [ { family = bottleneck, widths = [%s], depths = [1], strides = [1], mid = [2, 4, 6, 8], seeds \
                = [0, 1] } ]
                training { epochs = 4 }
                """.formatted(widths));
        large.complete();
        long start = System.nanoTime();
        Path file = save("large.html", large.html());
        double written = (System.nanoTime() - start) / 1e9;
        double opened = browser.open(file, Browser.DESK, "light") / 1e3;
        System.out.printf(
                "%,d variants: written in %.1f s, %.1f MB, open with every chart drawn after %.2f s%n",
                large.variants().size(), written, Files.size(file) / 1e6, opened);
        assertThat(browser.find("#variants .counted").getText()).isEqualTo("2000 of 2000 shown");
    }
}
