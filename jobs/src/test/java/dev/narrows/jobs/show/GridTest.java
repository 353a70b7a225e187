package dev.narrows.jobs.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class GridTest {
    private record Row(String name, String number, String words) {}

    private static final List<Row> ROWS = List.of(new Row("a", "1", "one two three"), new Row("long", "1000", "four"));

    @Test
    void wordsStandLeftAndNumbersRight() {
        assertThat(printed(Integer.MAX_VALUE, Ansi.OFF)).isEqualTo("""
                         name  number  words
                         a          1  one two three
                         long    1000  four
                        """);
    }

    @Test
    void theLastColumnGoesOnBelowWhereTheTerminalIsNarrow() {
        assertThat(printed(26, Ansi.OFF).lines())
                .allMatch(line -> line.length() <= 26)
                .anyMatch(line -> line.strip().equals("three"));
    }

    @Test
    void coloursAreForTerminalsOnly() {
        assertThat(printed(80, Ansi.OFF)).doesNotContain("\033");
        assertThat(printed(80, Ansi.ON).lines().filter(line -> line.contains("\033[1m")))
                .hasSize(2)
                .anyMatch(line -> line.contains("long"));
    }

    private static String printed(int columns, Ansi ansi) {
        StringWriter out = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(out), columns, ansi, false);
        new Grid<>(ROWS)
                .words("name", Row::name)
                .number("number", Row::number)
                .rest("words", Row::words, terminal)
                .print(terminal, row -> row.name().equals("long"));
        return out.toString();
    }
}
