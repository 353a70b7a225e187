package dev.narrows.benchmarks.forms;

import java.util.List;
import java.util.function.Predicate;

/** The figures of one rule in one form, and what they say about it. */
record Verdict(List<Figure> figures) {
    Verdict {
        figures = List.copyOf(figures);
    }

    /** Geometric mean of the medians of all networks. */
    private double mean() {
        return Math.exp(figures.stream()
                .mapToDouble(figure -> Math.log(figure.median()))
                .average()
                .orElse(0));
    }

    private List<String> networks(Predicate<Figure> which) {
        return figures.stream().filter(which).map(Figure::network).toList();
    }

    /** A judgement of the choice that is made; the mean decides where networks disagree. */
    private String word(boolean on) {
        boolean faster = figures.stream().anyMatch(Figure::faster);
        boolean slower = figures.stream().anyMatch(Figure::slower);
        if (!faster && !slower) {
            return "no difference";
        }
        boolean wanted = faster && (!slower || mean() > 1);
        return wanted == on ? "kept by the figures" : "against the figures";
    }

    /** One line. */
    String text() {
        Comparison comparison = figures.get(0).comparison();
        return "%-34s %-16s %-4s %-20s mean %.2f of %d%s%s"
                .formatted(
                        comparison.rule(),
                        comparison.form().text(),
                        comparison.on() ? "on" : "off",
                        word(comparison.on()),
                        mean(),
                        figures.size(),
                        listed("faster", networks(Figure::faster)),
                        listed("slower", networks(Figure::slower)));
    }

    private static String listed(String what, List<String> networks) {
        return networks.isEmpty() ? "" : "; %s: %s".formatted(what, String.join(", ", networks));
    }
}
