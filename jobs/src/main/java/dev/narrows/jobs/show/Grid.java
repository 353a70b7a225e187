package dev.narrows.jobs.show;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import com.github.freva.asciitable.Styler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Help.Ansi;

/**
 * A table for people: aligned, without borders, as wide as the terminal.
 *
 * @param <R> a row
 */
public final class Grid<R> {
    private static final int LEAST_WIDTH = 12;

    private final List<ColumnData<R>> columns = new ArrayList<>();
    private final List<R> rows;
    private int fixed;

    public Grid(List<R> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Adds a column of words, aligned left. */
    public Grid<R> words(String header, Function<R, String> cell) {
        return add(header, cell, HorizontalAlign.LEFT);
    }

    /** Adds a column of numbers, aligned right. */
    public Grid<R> number(String header, Function<R, String> cell) {
        return add(header, cell, HorizontalAlign.RIGHT);
    }

    /** Adds the last column: words that get the rest of the line and continue below it. */
    public Grid<R> rest(String header, Function<R, String> cell, Terminal terminal) {
        int longest =
                rows.stream().mapToInt(row -> cell.apply(row).length()).max().orElse(0);
        int left = Math.max(LEAST_WIDTH, terminal.columns() - fixed);
        columns.add(new Column()
                .header(header)
                .headerAlign(HorizontalAlign.LEFT)
                .dataAlign(HorizontalAlign.LEFT)
                .maxWidth(
                        Math.max(2, Math.min(Math.max(longest, header.length()) + 2, left)), OverflowBehaviour.NEWLINE)
                .with(cell));
        return this;
    }

    private Grid<R> add(String header, Function<R, String> cell, HorizontalAlign align) {
        int longest =
                rows.stream().mapToInt(row -> cell.apply(row).length()).max().orElse(0);
        int width = Math.max(longest, header.length()) + 2;
        fixed += width;
        columns.add(new Column()
                .header(header)
                .headerAlign(align)
                .dataAlign(align)
                .minWidth(width)
                .maxWidth(width)
                .with(cell));
        return this;
    }

    /** Prints it, the header and the rows that matter in bold. */
    public void print(Terminal terminal, Predicate<R> matters) {
        String table = AsciiTable.builder()
                .data(rows, columns)
                .border(AsciiTable.NO_BORDERS)
                .styler(new Bold(
                        terminal.ansi(), rows.stream().map(matters::test).toList()))
                .asString();
        table.lines().map(String::stripTrailing).filter(line -> !line.isEmpty()).forEach(terminal.out()::println);
        terminal.out().flush();
    }

    private record Bold(Ansi ansi, List<Boolean> rows) implements Styler {
        @Override
        public List<String> styleCell(Column column, int row, int col, List<String> lines) {
            return rows.get(row) ? bold(lines) : lines;
        }

        @Override
        public List<String> styleHeader(Column column, int col, List<String> lines) {
            return bold(lines);
        }

        private List<String> bold(List<String> lines) {
            return ansi.enabled()
                    ? lines.stream().map(line -> "\033[1m" + line + "\033[0m").toList()
                    : lines;
        }
    }
}
