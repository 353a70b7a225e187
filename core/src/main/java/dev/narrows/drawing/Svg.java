package dev.narrows.drawing;

import dev.narrows.drawing.Placement.Point;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the elements of a picture. CSS classes give light or dark colours, by the viewer's scheme. */
final class Svg {
    // Kinds differ in lightness as well as hue, and text is legible on each.
    private static final String STYLE = """

            text { font-family: system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-size: \
            12px; fill: #57606a }
            .centred { text-anchor: middle; fill: #32383f }
            .title { font-size: 17px; font-weight: 600; fill: #1f2328 }
            .name { font-weight: 600; fill: #1f2328 }
            .over { stroke: #f6f8fa; stroke-width: 4px; paint-order: stroke }
            .keeping { fill: #e4e8ec }
            .paper { fill: #ffffff }
            .opened { fill: #f6f8fa; stroke: #d0d7de }
            .way { fill: none; stroke: #818b98; stroke-width: 1.25 }
            .end { fill: #57606a }
            .joint { fill: #ffffff; stroke: #57606a; stroke-width: 1.25 }
            .pointwise { fill: #b6e3ff }
            .spatial { fill: #6cb6ff }
            .grouped { fill: #8ddb8c }
            .linear { fill: #f7c873 }
            .resizing { fill: #c4cbd3 }
            .carried { fill: #eaeef2; stroke: #c4cbd3 }
            @media (prefers-color-scheme: dark) {
              text { fill: #9da7b3 }
              .centred { fill: #d1d9e0 }
              .title, .name { fill: #f0f6fc }
              .over { stroke: #151b23 }
              .keeping { fill: #2a313a }
              .paper { fill: #0d1117 }
              .opened { fill: #151b23; stroke: #3d444d }
              .way { stroke: #7d8590 }
              .end { fill: #9da7b3 }
              .joint { fill: #0d1117; stroke: #9da7b3 }
              .pointwise { fill: #1d4f7c }
              .spatial { fill: #2366b5 }
              .grouped { fill: #2b6a30 }
              .linear { fill: #845306 }
              .resizing { fill: #4b535d }
              .carried { fill: #21262d; stroke: #4b535d }
            }
            """;

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final double JOINT = 7;
    private static final double SIGN = 3.5;

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** A call of the writer. Its checked exception cannot occur in memory. */
    private interface Writing {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    Svg() {
        try {
            xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(Writing writing) {
        try {
            writing.write(xml);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    private void element(String name, String... attributes) {
        write(out -> {
            out.writeEmptyElement(name);
            attributes(out, attributes);
        });
        newline();
    }

    private static void attributes(XMLStreamWriter out, String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            out.writeAttribute(attributes[i], attributes[i + 1]);
        }
    }

    private void worded(String name, String words, String... attributes) {
        write(out -> {
            out.writeStartElement(name);
            attributes(out, attributes);
            out.writeCharacters(words);
            out.writeEndElement();
        });
        newline();
    }

    private void newline() {
        write(out -> out.writeCharacters("\n"));
    }

    void begin(double width, double height, String title, String description) {
        write(out -> {
            out.writeStartElement("svg");
            out.writeDefaultNamespace(NAMESPACE);
            attributes(
                    out,
                    "width",
                    number(width),
                    "height",
                    number(height),
                    "viewBox",
                    "0 0 %s %s".formatted(number(width), number(height)),
                    "role",
                    "img",
                    "aria-labelledby",
                    "picture-title picture-description");
        });
        newline();
        worded("title", title, "id", "picture-title");
        worded("desc", description, "id", "picture-description");
        worded("style", STYLE);
    }

    /** Opens a group with its own origin; a non-empty title becomes its tooltip. */
    void group(double x, double y, String title) {
        write(out -> {
            out.writeStartElement("g");
            out.writeAttribute("transform", "translate(%s %s)".formatted(number(x), number(y)));
        });
        newline();
        if (!title.isEmpty()) {
            worded("title", title);
        }
    }

    void end() {
        write(XMLStreamWriter::writeEndElement);
        newline();
    }

    String finish() {
        end();
        write(XMLStreamWriter::close);
        return text.toString();
    }

    void rect(String kind, double x, double y, double width, double height, double corner) {
        element(
                "rect",
                "class",
                kind,
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(width),
                "height",
                number(height),
                "rx",
                number(corner));
    }

    void text(String kind, double x, double y, String words) {
        worded("text", words, "class", kind, "x", number(x), "y", number(y));
    }

    void line(String kind, double x1, double y1, double x2, double y2) {
        if (x1 != x2 || y1 != y2) {
            element("line", "class", kind, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
        }
    }

    void circle(String kind, double x, double y, double radius) {
        element("circle", "class", kind, "cx", number(x), "cy", number(y), "r", number(radius));
    }

    /** Draws a trapezoid about a vertical axis. */
    void trapezoid(String kind, double axis, double y, double top, double bottom, double height) {
        String d = "M%s %sH%sL%s %sH%sz"
                .formatted(
                        number(axis - top / 2),
                        number(y),
                        number(axis + top / 2),
                        number(axis + bottom / 2),
                        number(y + height),
                        number(axis - bottom / 2));
        element("path", "class", kind, "d", d);
    }

    /** Draws a line with corners. */
    void path(String kind, List<Point> points) {
        String corners = points.stream()
                .map(point -> number(point.x()) + " " + number(point.y()))
                .collect(Collectors.joining(" L"));
        element("path", "class", kind, "d", "M" + corners);
    }

    /** Draws a circle with a plus for a sum, or with two bars for a concatenation. */
    void joint(boolean sum, double x, double y) {
        circle("joint", x, y, JOINT);
        if (sum) {
            line("way", x - SIGN, y, x + SIGN, y);
            line("way", x, y - SIGN, x, y + SIGN);
        } else {
            line("way", x - SIGN / 2, y - SIGN, x - SIGN / 2, y + SIGN);
            line("way", x + SIGN / 2, y - SIGN, x + SIGN / 2, y + SIGN);
        }
    }
}
