package dev.narrows.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import dev.narrows.family.Networks;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyFiles;
import dev.narrows.study.reading.StudyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and recipes in the text of pages plan as the pages say. */
class PageExamplesTest {
    /** A knob with a list in code, such as {@code expansion = [[1, 6, 6]]}. */
    private static final Pattern LIST = Pattern.compile("`([a-z][a-z0-9.-]*) = (\\[[^`]*])`");

    private static final Pattern FAMILY = Pattern.compile("`family = ([a-z-]+)`: ");

    private static final Pattern RECIPES =
            Pattern.compile("^Recipes?, starting from .*?\\n\\n", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern START = Pattern.compile("conf/(networks/[a-z0-9-]+\\.conf)\\)");

    private static final Pattern CODE = Pattern.compile("`([^`]+ = [^`]+)`");

    @TempDir
    Path folder;

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Networks.path("docs"))) {
            return Stream.concat(Stream.of(Networks.path("README.md")), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static int line(String text, int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    /** The family of the section, or the first that has the knob. */
    private static Optional<Family> family(String page, int offset, String knob) {
        List<Family> families = new ArrayList<>(Families.load().all());
        Matcher section = FAMILY.matcher(page.substring(0, offset));
        while (section.find()) {
            families.add(0, Families.load().find(section.group(1)).orElseThrow());
        }
        return families.stream()
                .filter(family ->
                        family.knobs().stream().anyMatch(known -> known.name().equals(knob)))
                .findFirst();
    }

    /** Plans a grid of one stage per entry of the longest list that is not an axis. */
    private Plan plan(Family family, Knob<?> knob, List<?> values) {
        int stages = values.stream()
                .filter(List.class::isInstance)
                .mapToInt(value -> ((List<?>) value).size())
                .max()
                .orElse(knob.arity() == Knob.Arity.LIST ? values.size() : 3);
        StringBuilder grid = new StringBuilder("{ family = " + family.name());
        for (String list : List.of("widths", "depths", "strides")) {
            boolean known =
                    family.knobs().stream().anyMatch(other -> other.name().equals(list));
            if (known && !knob.name().equals(list)) {
                int value = list.equals("widths") ? 256 : 1;
                grid.append(", ").append(list).append(" = ").append(Collections.nCopies(stages, value));
            }
        }
        grid.append(", ").append(knob.name()).append(" = ").append(values).append(" }");
        String text = "study = x, input { shape = [1, 32, 32], classes = 10 }, grid = [\n" + grid + "\n]\n";
        return plan(text);
    }

    private Plan plan(String text) {
        Study study = StudyReader.read(StudyFiles.write(folder, text), List.of());
        return Planner.plan(study, study.input().orElseThrow());
    }

    @Test
    void everyListByStagePlansOneVariantPerValue() throws IOException {
        int lists = 0;
        for (Path page : pages()) {
            String text = Files.readString(page);
            Matcher example = LIST.matcher(text);
            while (example.find()) {
                Optional<Family> family = family(text, example.start(), example.group(1));
                if (!example.group(2).contains("[[") && !example.group(2).contains(", [") || family.isEmpty()) {
                    continue;
                }
                lists++;
                Knob<?> knob = family.get().knobs().stream()
                        .filter(known -> known.name().equals(example.group(1)))
                        .findFirst()
                        .orElseThrow();
                List<?> values = ConfigFactory.parseString("values = " + example.group(2))
                        .getAnyRefList("values");
                String place = "%s: %d: %s".formatted(page, line(text, example.start()), example.group());
                Plan plan = plan(family.get(), knob, values);
                assertThat(plan.rejections()).as(place).isEmpty();
                assertThat(plan.variants()).as(place).hasSize(values.size());
            }
        }
        assertThat(lists).isGreaterThan(8);
    }

    /** The table "you write, you get" of families.md. */
    @Test
    void whatAPageSaysThatYouGetIsWhatYouGet() throws IOException {
        String page = Files.readString(Networks.path("docs/families.md"));
        Matcher row = Pattern.compile(
                        "^\\| `([a-z-]+) = (\\[.*?])` \\| (\\w+) (?:networks?|error)\\b(.*) \\|$", Pattern.MULTILINE)
                .matcher(page);
        int rows = 0;
        while (row.find()) {
            Family family = family("", 0, row.group(1)).orElseThrow();
            Knob<?> knob = family.knobs().stream()
                    .filter(known -> known.name().equals(row.group(1)))
                    .findFirst()
                    .orElseThrow();
            List<?> values =
                    ConfigFactory.parseString("values = " + row.group(2)).getAnyRefList("values");
            int expected = List.of("an", "one", "two", "three", "four").indexOf(row.group(3));
            assertThat(expected).as(row.group()).isNotNegative();
            if (expected == 0) {
                String message = row.group(4).replaceAll(".*`(Cannot [^`]+)`.*", "$1");
                assertThat(message).as("the message stands on the page").startsWith("Cannot ");
                assertThatThrownBy(() -> plan(family, knob, values))
                        .isInstanceOf(BadInput.class)
                        .hasMessageEndingWith(message);
            } else {
                assertThat(plan(family, knob, values).variants())
                        .as(row.group())
                        .hasSize(expected);
            }
            rows++;
        }
        assertThat(rows).isEqualTo(5);
    }

    @Test
    void everyRecipeBuildsFromTheFileThatItNames() throws IOException {
        String page = Files.readString(Networks.path("docs/families.md")) + "\n\n";
        Matcher recipes = RECIPES.matcher(page);
        int built = 0;
        while (recipes.find()) {
            // Each "starting from" has recipes of its own; the last may start from the defaults of the family.
            for (String part : recipes.group().split("[Ss]tarting from ")) {
                Matcher start = START.matcher(part);
                if (!start.find()) {
                    continue;
                }
                Matcher recipe = CODE.matcher(part);
                while (recipe.find()) {
                    String place = "docs/families.md: %d: %s"
                            .formatted(line(page, page.indexOf(recipe.group(), recipes.start())), recipe.group());
                    assertThatCode(() -> build(start.group(1), recipe.group(1)))
                            .as(place)
                            .doesNotThrowAnyException();
                    built++;
                }
            }
        }
        assertThat(built).isGreaterThan(12);
    }

    /** Widths of a U-Net stand in the place of its base-width. */
    private static void build(String file, String recipe) {
        String knobs = recipe.contains("up = bilinear") ? recipe + ", base-width = null" : recipe;
        Networks.Network network = Networks.read("conf/" + file).with(knobs);
        network.layer().output(network.input());
    }
}
