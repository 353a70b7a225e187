package dev.narrows.benchmarks.forms;

import dev.narrows.benchmarks.Arguments;
import dev.narrows.engine.ThisProcessor;
import dev.narrows.program.Program;
import dev.narrows.study.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Times each form and each rule of training steps on and off, and prints which of them the figures support.
 *
 * <p>The programs of a network take steps in turn in one process, so that a slow second of the machine falls on all. A
 * figure is the median over rounds of a ratio within a round.
 */
public final class Forms {
    private static final int BAD_INPUT = 2;

    private final FormsChoice choice;

    private Forms(FormsChoice choice) {
        this.choice = choice;
    }

    /** Arguments are {@code name=value}: rounds, seconds, networks, rules, precisions, clock. */
    public static void main(String[] arguments) {
        FormsChoice choice;
        try {
            choice = FormsChoice.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.printf("%s%n%n%s", e.getMessage(), FormsChoice.USAGE);
            System.exit(BAD_INPUT);
            return;
        }
        Locale.setDefault(Locale.ROOT);
        Forms forms = new Forms(choice);
        for (Precision precision : choice.precisions()) {
            List<Figure> figures = new ArrayList<>();
            for (StudiedNetwork network : choice.networks()) {
                figures.addAll(forms.figures(network, precision));
            }
            forms.print(precision, figures);
        }
        System.out.printf("%nprocessor: %s; clock: %s%n", ThisProcessor.text(), Arguments.word(choice.clock()));
    }

    private List<Figure> figures(StudiedNetwork network, Precision precision) {
        List<Comparison> comparisons = Comparison.of(network.network(), precision, choice.rules());
        System.err.printf("%s %s: %d comparisons%n", Arguments.word(precision), network.word(), comparisons.size());
        if (comparisons.isEmpty()) {
            return List.of();
        }
        Set<Program> programs = new LinkedHashSet<>();
        comparisons.forEach(comparison -> programs.addAll(List.of(comparison.with(), comparison.without())));
        Map<Comparison, List<Double>> ratios = new LinkedHashMap<>();
        try (Race race = new Race(network.network(), List.copyOf(programs), precision, choice.clock())) {
            for (int round = 0; round < choice.rounds(); round++) {
                Race.Times times = race.round(choice.seconds());
                for (Comparison comparison : comparisons) {
                    ratios.computeIfAbsent(comparison, key -> new ArrayList<>()).add(times.ratio(comparison));
                }
            }
        }
        return comparisons.stream()
                .map(comparison -> Figure.of(network.word(), comparison, ratios.getOrDefault(comparison, List.of())))
                .toList();
    }

    private void print(Precision precision, List<Figure> figures) {
        System.out.printf(
                "%n%s: speed with a rule over the speed without, median of %d rounds and their middle half%n",
                Arguments.word(precision), choice.rounds());
        System.out.printf("%-22s %-16s %-34s %-4s %6s   %s%n", "network", "form", "rule", "is", "ratio", "middle half");
        Map<String, List<Figure>> byRule = new LinkedHashMap<>();
        for (Figure figure : figures) {
            Comparison comparison = figure.comparison();
            System.out.printf(
                    "%-22s %-16s %-34s %-4s %6.2f   %.2f to %.2f%n",
                    figure.network(),
                    comparison.form().text(),
                    comparison.rule(),
                    comparison.on() ? "on" : "off",
                    figure.median(),
                    figure.lower(),
                    figure.upper());
            byRule.computeIfAbsent(comparison.rule() + " " + comparison.form(), key -> new ArrayList<>())
                    .add(figure);
        }
        System.out.printf("%n%s, by rule%n", Arguments.word(precision));
        byRule.values().forEach(each -> System.out.println(new Verdict(each).text()));
    }
}
