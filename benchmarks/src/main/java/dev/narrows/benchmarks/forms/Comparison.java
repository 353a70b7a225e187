package dev.narrows.benchmarks.forms;

import dev.narrows.benchmarks.Arguments;
import dev.narrows.benchmarks.Variant;
import dev.narrows.engine.ThisProcessor;
import dev.narrows.net.Layer;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Program;
import dev.narrows.program.rule.Rules;
import dev.narrows.program.rule.TrainingRule;
import dev.narrows.study.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Two programs of one training step that differ by a rule.
 *
 * @param rule its word
 * @param form of the program with the rule
 * @param on true where trials of this processor have the rule in that form
 */
record Comparison(String rule, Form form, boolean on, Program with, Program without) {
    /** The choice of a form, which is compared like a rule. */
    static final String BLOCKED = "blocked-layout";

    /** The words of all rules. */
    static List<String> rules() {
        List<String> words = new ArrayList<>(List.of(BLOCKED));
        Arrays.stream(TrainingRule.values()).map(Arguments::word).forEach(words::add);
        return List.copyOf(words);
    }

    /** Comparisons of a network, of those rules alone that change its program. */
    static List<Comparison> of(Layer network, Precision precision, List<String> rules) {
        ElementType type = ThisProcessor.elementType(precision);
        List<Comparison> all = new ArrayList<>();
        Program channelsLast = Rules.training(network, Variant.INPUT, type, Form.CHANNELS_LAST);
        Program blocked = Rules.training(network, Variant.INPUT, type, Form.BLOCKED);
        boolean suits = blocked.form() == Form.BLOCKED;
        if (suits) {
            boolean on = ThisProcessor.form(precision) == Form.BLOCKED;
            all.add(new Comparison(BLOCKED, Form.BLOCKED, on, blocked, channelsLast));
        }
        all.addAll(toggled(network, type, channelsLast));
        if (suits) {
            all.addAll(toggled(network, type, blocked));
        }
        all.removeIf(comparison -> !rules.contains(comparison.rule()));
        return all;
    }

    private static List<Comparison> toggled(Layer network, ElementType type, Program program) {
        Form form = program.form();
        Set<TrainingRule> own = TrainingRule.of(type, form);
        List<Comparison> all = new ArrayList<>();
        for (TrainingRule rule : TrainingRule.values()) {
            boolean on = own.contains(rule);
            Set<TrainingRule> others = EnumSet.noneOf(TrainingRule.class);
            others.addAll(own);
            if (on) {
                others.remove(rule);
            } else {
                others.add(rule);
            }
            Program other = Rules.training(network, Variant.INPUT, type, form, others);
            if (!other.equals(program)) {
                all.add(new Comparison(Arguments.word(rule), form, on, on ? program : other, on ? other : program));
            }
        }
        return all;
    }
}
