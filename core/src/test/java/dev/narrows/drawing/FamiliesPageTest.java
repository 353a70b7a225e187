package dev.narrows.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import dev.narrows.cost.Cost;
import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Head;
import dev.narrows.family.Knob;
import dev.narrows.family.Networks;
import dev.narrows.family.Stem;
import dev.narrows.family.Style;
import dev.narrows.net.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/families.md and its pictures say what the code says. The expected page is written to target/docs. */
class FamiliesPageTest {
    private static final Pattern MADE =
            Pattern.compile("(<!-- (knobs|networks) of (\\S+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);
    private static final Config DEFAULTS =
            ConfigFactory.parseResources("families.conf").resolve();
    private static final List<Knob<?>> SHARED = Families.knobs(Style.KNOBS, Stem.KNOBS, Head.KNOBS);
    /** A study of many blocks at equal cost. */
    private static final String TABLE = "resnext-table.conf";

    static Stream<Family> families() {
        return Families.load().all().stream();
    }

    private static String value(Config defaults, Knob<?> knob) {
        String value = defaults.getIsNull(knob.name())
                ? "null"
                : defaults.getValue(knob.name()).render(ConfigRenderOptions.concise());
        return "`" + value.replace("\"", "").replace(",", ", ") + "`";
    }

    private static String row(Config defaults, Knob<?> knob) {
        String form = switch (knob.arity()) {
            case SCALAR -> "";
            case BY_STAGE -> "; by stage";
            case LIST -> "; a list";
        };
        String what = knob.meaning() + (knob.type() == Knob.Type.FLAG ? "" : ": " + knob.range()) + form;
        return "| `%s` | %s | %s |%n".formatted(knob.name(), value(defaults, knob), what);
    }

    private static String knobs(String name) {
        StringBuilder table = new StringBuilder("| knob | default | what it is |\n|---|---|---|\n");
        Config shared = DEFAULTS.getConfig("families-shared");
        if (name.equals("all")) {
            SHARED.forEach(knob -> table.append(row(shared, knob)));
            return table.toString();
        }
        Config own = DEFAULTS.getConfig("families." + name);
        for (Knob<?> knob : Families.load().find(name).orElseThrow().knobs()) {
            if (!SHARED.contains(knob) || !value(own, knob).equals(value(shared, knob))) {
                table.append(row(own, knob));
            }
        }
        return table.toString();
    }

    private static String networks(String family) {
        StringBuilder table = new StringBuilder("| published network | input | params | MACs |\n|---|---|---:|---:|\n");
        for (String file : published()) {
            Networks.Network network = Networks.read("conf/networks/" + file);
            if (network.family().equals(family)) {
                Cost cost = Cost.of(network.layer(), network.input());
                table.append("| [%s](../conf/networks/%s) | %s | %,d | %,d |%n"
                        .formatted(file.replace(".conf", ""), file, network.input(), cost.params(), cost.macs()));
            }
        }
        return table.toString();
    }

    private static List<String> published() {
        try (Stream<Path> files = Files.list(Networks.path("conf/networks"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals(TABLE))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void holds(String file, String expected) throws IOException {
        Path made = Path.of("target", file);
        Files.createDirectories(made.getParent());
        Files.writeString(made, expected);
        Path page = Networks.path(file);
        assertThat(page).as("copy core/%s over it", made).exists();
        assertThat(Files.readString(page))
                .as("%s: copy core/%s over it", file, made)
                .isEqualTo(expected);
    }

    @Test
    void tablesOfThePageAreThoseOfTheCode() throws IOException {
        String page = Files.readString(Networks.path("docs/families.md"));
        String expected = MADE.matcher(page)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1)
                        + (match.group(2).equals("knobs") ? knobs(match.group(3)) : networks(match.group(3)))
                        + match.group(4)));
        holds("docs/families.md", expected);
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyFamilyHasItsPlace(Family family) throws IOException {
        assertThat(Files.readString(Networks.path("docs/families.md")))
                .contains(
                        "`family = " + family.name() + "`: ",
                        "(pictures/" + family.name() + ".svg)",
                        "<!-- knobs of " + family.name() + " -->",
                        "<!-- networks of " + family.name() + " -->");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    plain               |  64x28x28 | widths = [64], depths = [2], strides = [1]
                    residual            |  64x28x28 | widths = [64], depths = [1], strides = [1]
                    bottleneck          | 256x28x28 | widths = [256], depths = [1], strides = [1]
                    inception           | 192x28x28 | widths = [256], depths = [1], strides = [1]
                    depthwise-separable |  64x28x28 | widths = [128], depths = [1], strides = [1]
                    inverted-bottleneck |  24x28x28 | widths = [24], depths = [1], strides = [1]
                    dense               |  64x28x28 | growth = 32, depths = [2], strides = [1]
                    convnext            |  96x28x28 | widths = [96], depths = [1], strides = [1]
                    """)
    void picturesAreThoseOfOneBlockAlone(String family, String input, String knobs) throws IOException {
        String[] sides = input.split("x", -1);
        Shape shape = new Shape(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), Integer.parseInt(sides[2]));
        Networks.Network network =
                Networks.defaults(family, shape, 10).with("stem { width = null }, head { classify = false }, " + knobs);
        holds("docs/pictures/" + family + ".svg", Drawing.of(family, network.layer(), shape, Detail.LAYERS));
    }

    @Test
    void pictureOfAUNetIsThatOfAWholeOne() throws IOException {
        Networks.Network network = Networks.defaults("u-net", new Shape(3, 32, 32), 2);
        holds("docs/pictures/u-net.svg", Drawing.of("u-net", network.layer(), network.input(), Detail.BLOCKS));
    }
}
