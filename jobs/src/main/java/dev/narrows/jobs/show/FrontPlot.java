package dev.narrows.jobs.show;

import dev.narrows.study.Measure;
import dev.narrows.tradeoff.Criterion;
import dev.narrows.tradeoff.ParetoFront;
import dev.narrows.tradeoff.VariantSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Variants over quality and one cost in characters: a letter for each variant on the front of the two, a dot for the
 * others.
 */
public final class FrontPlot {
    private static final int ROWS = 16;
    private static final int WIDEST = 76;
    private static final int MARGIN = 12;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    /** Ratio of the largest cost to the smallest from which the x axis is logarithmic. */
    private static final double SPREAD = 4;

    private final List<VariantSummary> measured;
    private final List<VariantSummary> front;
    private final Measure quality;
    private final Measure cost;
    private final int columns;

    /** @param width characters per line */
    public FrontPlot(List<VariantSummary> summaries, Measure quality, Measure cost, int width) {
        measured = summaries.stream()
                .filter(summary -> !Double.isNaN(summary.measure(quality)) && !Double.isNaN(summary.measure(cost)))
                .toList();
        List<VariantSummary> members = new ArrayList<>(ParetoFront.of(
                measured,
                List.of(
                        new Criterion<>(summary -> summary.measure(quality), quality.better()),
                        new Criterion<>(summary -> summary.measure(cost), cost.better()))));
        members.sort(Comparator.comparingDouble(summary -> summary.measure(cost)));
        front = List.copyOf(members);
        this.quality = quality;
        this.cost = cost;
        columns = Math.max(20, Math.min(WIDEST, width - MARGIN));
    }

    /** The plot and its legend; nothing if no variant has both measures. */
    public List<String> lines() {
        if (measured.isEmpty()) {
            return List.of();
        }
        char[][] cells = new char[ROWS][columns];
        Arrays.stream(cells).forEach(row -> Arrays.fill(row, ' '));
        boolean logarithmic = largest(this::cost) > SPREAD * smallest(this::cost) && smallest(this::cost) > 0;
        ToDoubleFunction<VariantSummary> x = summary -> logarithmic ? Math.log(cost(summary)) : cost(summary);
        measured.forEach(summary -> mark(cells, summary, x, '·'));
        for (int place = front.size() - 1; place >= 0; place--) {
            mark(cells, front.get(place), x, letter(place));
        }
        List<String> lines = new ArrayList<>();
        lines.add("y axis: %s, x axis: %s%s"
                .formatted(quality.label(), cost.label(), logarithmic ? " (logarithmic)" : ""));
        for (int row = 0; row < ROWS; row++) {
            String label = row == 0
                    ? Numbers.measure(quality, largest(this::quality))
                    : row == ROWS - 1 ? Numbers.measure(quality, smallest(this::quality)) : "";
            lines.add("%10s │%s".formatted(label, new String(cells[row]).stripTrailing()));
        }
        lines.add(" ".repeat(11) + "└" + "─".repeat(columns));
        String least = Numbers.measure(cost, smallest(this::cost));
        String most = Numbers.measure(cost, largest(this::cost));
        lines.add(
                " ".repeat(MARGIN) + least + " ".repeat(Math.max(1, columns - least.length() - most.length())) + most);
        for (int place = 0; place < front.size(); place++) {
            VariantSummary member = front.get(place);
            lines.add("%c  %s  %s  %s"
                    .formatted(
                            letter(place),
                            Numbers.measure(quality, quality(member)),
                            Numbers.measure(cost, cost(member)),
                            member.label()));
        }
        return lines;
    }

    /** Letters for the first members; a star for each after them. */
    private static char letter(int place) {
        return place < LETTERS.length() ? LETTERS.charAt(place) : '*';
    }

    private void mark(char[][] cells, VariantSummary summary, ToDoubleFunction<VariantSummary> x, char sign) {
        int column = place(x.applyAsDouble(summary), smallest(x), largest(x), columns);
        int row = ROWS - 1 - place(quality(summary), smallest(this::quality), largest(this::quality), ROWS);
        cells[row][column] = sign;
    }

    private static int place(double value, double smallest, double largest, int places) {
        return largest > smallest ? (int) Math.round((places - 1) * (value - smallest) / (largest - smallest)) : 0;
    }

    private double smallest(ToDoubleFunction<VariantSummary> value) {
        return measured.stream().mapToDouble(value).min().orElseThrow();
    }

    private double largest(ToDoubleFunction<VariantSummary> value) {
        return measured.stream().mapToDouble(value).max().orElseThrow();
    }

    private double quality(VariantSummary summary) {
        return summary.measure(quality);
    }

    private double cost(VariantSummary summary) {
        return summary.measure(cost);
    }
}
