package dev.narrows.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links of pages lead somewhere; files that texts name are there. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:)([^)\\s]+)\\)");

    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?)\\s*$", Pattern.MULTILINE);

    private static final Pattern FENCE = Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);

    /** A file named from the root of the repository; what follows the last letter is punctuation. */
    private static final Pattern MENTION = Pattern.compile(
            "(?<![\\w/.$}>-])(?:docs|conf|notebooks|examples|benchmarks|bin)/[\\w./-]*\\w(?:#[\\w-]+)?(?![\\w*/…<%])");

    private static final Map<Path, List<String>> ANCHORS = new HashMap<>();

    /** Anchors of a page, as GitHub makes them of its headings. */
    static List<String> anchors(String page) {
        List<String> anchors = new ArrayList<>();
        Matcher heading = HEADING.matcher(FENCE.matcher(page).replaceAll(""));
        while (heading.find()) {
            String anchor = heading.group(1)
                    .replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            int before = 0;
            while (anchors.contains(before == 0 ? anchor : anchor + "-" + before)) {
                before++;
            }
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    /** Reason why a link of a page leads nowhere; empty where it leads somewhere. */
    static String problem(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return "there is no file " + parts[0];
        }
        if (parts.length == 1 || !target.toString().endsWith(".md")) {
            return "";
        }
        List<String> anchors = ANCHORS.computeIfAbsent(target, file -> anchors(Repository.text(file)));
        return anchors.contains(parts[1])
                ? ""
                : "there is no heading #%s in %s; there are %s".formatted(parts[1], Repository.name(target), anchors);
    }

    @Test
    void everyLinkOfAPageLeadsToAFileAndAHeading() {
        List<String> found = new ArrayList<>();
        int links = 0;
        for (Path page : Repository.files(".md", ".ipynb")) {
            Prose text = Prose.of(Repository.name(page), Prose.Kind.PAGE, 1, Repository.text(page));
            Matcher link = LINK.matcher(text.text());
            while (link.find()) {
                links++;
                String problem = problem(page, link.group(1));
                if (!problem.isEmpty()) {
                    found.add("%s: (%s): %s".formatted(text.place(link.start()), link.group(1), problem));
                }
            }
        }
        assertThat(links).isGreaterThan(150);
        assertThat(found).isEmpty();
    }

    @Test
    void everyFileThatATextNamesIsThere() {
        List<String> found = new ArrayList<>();
        int mentions = 0;
        for (Prose text : BannedPhrasesTest.texts()) {
            if (text.file().contains("src/test/") || text.file().endsWith(".ipynb")) {
                continue;
            }
            Matcher mention = MENTION.matcher(text.text());
            while (mention.find()) {
                mentions++;
                // Built files, a study of the reader's, and files of Spark's own folder.
                String problem = mention.group().matches(".*/target/.*|.*/x\\.conf|conf/spark-.*")
                        ? ""
                        : problem(Repository.ROOT.resolve("README.md"), mention.group());
                if (!problem.isEmpty()) {
                    found.add("%s: %s: %s".formatted(text.place(mention.start()), mention.group(), problem));
                }
            }
        }
        assertThat(mentions).isGreaterThan(100);
        assertThat(found).isEmpty();
    }

    @Test
    void anchorsAreThoseOfGitHub() {
        assertThat(anchors("# Plain: AlexNet, VGG\n```sh\n# no heading\n```\n## [A `b`](c.md) é_1\n## A\n## A\n"))
                .containsExactly("plain-alexnet-vgg", "a-b-é_1", "a", "a-1");
        Path page = Repository.ROOT.resolve("README.md");
        assertThat(problem(page, "docs/nowhere.md")).isEqualTo("there is no file docs/nowhere.md");
        assertThat(problem(page, "docs/gpu.md#nothing")).startsWith("there is no heading #nothing in docs/gpu.md;");
        assertThat(problem(page, "docs/README.md")).isEmpty();
    }
}
