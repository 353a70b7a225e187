package dev.narrows.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.cost.LayerCost;
import dev.narrows.family.Families;
import dev.narrows.family.Networks;
import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.net.ShapeException;
import dev.narrows.net.Tap;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A picture shows every part of a network under its name, and narrow places narrow. */
class DrawingTest {
    private static final Shape INPUT = new Shape(16, 8, 8);
    private static final Pattern TRAPEZOID =
            Pattern.compile("M(-?[\\d.]+) (-?[\\d.]+)H(-?[\\d.]+)L(-?[\\d.]+) (-?[\\d.]+)H(-?[\\d.]+)z");

    static Stream<Networks.Network> families() {
        return Families.load().names().stream().map(name -> Networks.defaults(name, new Shape(3, 32, 32), 10));
    }

    private static Document parsed(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        } catch (Exception e) {
            throw new AssertionError("no XML: " + e.getMessage(), e);
        }
    }

    private static Document drawn(Layer network, Shape input, Detail detail) {
        return parsed(Drawing.of("a <network> & more", network, input, detail));
    }

    private static List<Element> elements(Document picture, String name) {
        NodeList nodes = picture.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<String> words(Document picture) {
        return elements(picture, "text").stream().map(Element::getTextContent).toList();
    }

    /** Upper and lower widths of the bands of a kind, from top to bottom as they are written. */
    private static List<double[]> bands(Document picture, String kind) {
        List<double[]> bands = new ArrayList<>();
        for (Element path : elements(picture, "path")) {
            Matcher matcher = TRAPEZOID.matcher(path.getAttribute("d"));
            if (path.getAttribute("class").equals(kind) && matcher.matches()) {
                bands.add(new double[] {
                    Double.parseDouble(matcher.group(3)) - Double.parseDouble(matcher.group(1)),
                    Double.parseDouble(matcher.group(4)) - Double.parseDouble(matcher.group(6))
                });
            }
        }
        return bands;
    }

    private static Block hourglass(String name, int ends, int middle) {
        Layer branch = Chain.of(
                Conv.pointwise(ends, middle, false),
                Conv.same(middle, middle, 3, 1, 1, false),
                new Tap(name),
                Conv.pointwise(middle, ends, false));
        return new Block(name, Fork.add(Chain.identity(), branch));
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyBlockIsNamedOnceAndHasItsShape(Networks.Network network) {
        Document picture = drawn(network.layer(), network.input(), Detail.BLOCKS);
        List<LayerCost> rows = LayerCost.of(network.layer(), network.input());
        Set<String> blocks = new HashSet<>();
        rows.forEach(row -> blocks.add(row.block()));
        assertThat(blocks).hasSizeGreaterThan(4);
        List<String> words = words(picture);
        for (String block : blocks) {
            if (!block.isEmpty()) {
                assertThat(words).containsOnlyOnce(block);
            }
        }
        Shape scores = network.layer().output(network.input());
        assertThat(words).contains("in 3×32×32", "out " + Wording.shape(scores));
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyLayerIsNamedWhereBlocksAreOpened(Networks.Network network) {
        List<String> words = words(drawn(network.layer(), network.input(), Detail.LAYERS));
        for (LayerCost row : LayerCost.of(network.layer(), network.input())) {
            assertThat(words).contains(row.layer());
        }
    }

    @ParameterizedTest
    @EnumSource
    void widthsFollowTheSquareRootOfChannels(Detail detail) {
        Document picture = drawn(hourglass("one", 64, 16), new Shape(64, 8, 8), detail);
        List<double[]> ends = bands(picture, "pointwise");
        double[] middle = bands(picture, "spatial").get(0);
        assertThat(ends).hasSize(2);
        assertThat(ends.get(0)[0]).isEqualTo(2 * ends.get(0)[1]).isEqualTo(2 * middle[0]);
        assertThat(ends.get(1)[1]).isEqualTo(2 * ends.get(1)[0]).isEqualTo(2 * middle[1]);
    }

    @Test
    void theNarrowestPlaceIsTold() {
        assertThat(words(drawn(hourglass("one", 16, 4), INPUT, Detail.BLOCKS)))
                .contains("16×8×8, 4 channels at its narrowest");
    }

    @Test
    void equalBlocksInARowAreDrawnOnce() {
        Layer network = Chain.of(hourglass("block 1", 16, 4), hourglass("block 2", 16, 4), hourglass("block 3", 16, 8));
        List<String> words = words(drawn(network, INPUT, Detail.BLOCKS));
        assertThat(words).contains("block 1–2 ×2", "2 × 272 params · 2 × 17.4 k MACs", "block 3");
    }

    @Test
    void ofManyBlocksThatDifferInChannelsTheFirstAndTheLastAreDrawn() {
        Networks.Network network = Networks.read("conf/networks/densenet-121.conf");
        List<String> words = words(drawn(network.layer(), network.input(), Detail.BLOCKS));
        assertThat(words)
                .contains("stage 1 block 6", "stage 3 block 1", "stage 3 block 2–23: 22 more alike", "stage 3 block 24")
                .doesNotContain("stage 3 block 2");
    }

    @ParameterizedTest
    @EnumSource
    void pictureHasTitleDescriptionAndNoScript(Detail detail) {
        Document picture = drawn(hourglass("one", 16, 4), INPUT, detail);
        assertThat(elements(picture, "title").get(0).getTextContent()).isEqualTo("a <network> & more");
        assertThat(elements(picture, "desc").get(0).getTextContent())
                .isEqualTo("From 16x8x8 to 16x8x8: 272 params, 17,408 MACs, 1,536 activations, 3 layers deep.");
        assertThat(elements(picture, "style").get(0).getTextContent()).contains("prefers-color-scheme: dark");
        assertThat(elements(picture, "script")).isEmpty();
    }

    @Test
    void networkThatCannotTakeTheInputIsRefused() {
        assertThatThrownBy(() -> Drawing.of("x", hourglass("one", 16, 4), new Shape(3, 8, 8), Detail.BLOCKS))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("Cannot feed 3x8x8 to 1x1 conv 16→4");
    }
}
