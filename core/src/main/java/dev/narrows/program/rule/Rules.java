package dev.narrows.program.rule;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.Check;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Lowering;
import dev.narrows.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The rules for each purpose of a program, in order. After each one {@link Check} holds what it gave. */
public final class Rules {
    private Rules() {}

    /**
     * The program of a training step.
     *
     * @param input shape of an image
     * @param type the precision of convolutions and linear layers
     * @param form asked for; a network that does not suit {@link Form#BLOCKED} trains in {@link Form#CHANNELS_LAST}, as
     *     {@link Program#form()} then says
     */
    public static Program training(Layer network, Shape input, ElementType type, Form form) {
        Program program = measuredByBatch(network, input);
        Form suited = form == Form.BLOCKED && !BlockedLayout.suits(program) ? Form.CHANNELS_LAST : form;
        return applied(program, training(type, suited, TrainingRule.of(type, suited)));
    }

    /**
     * The program of a training step with rules of choice, for measurements: no trial has others than those of its
     * form. Rules that a form has no place for do nothing.
     *
     * @throws IllegalArgumentException where the network does not suit the form
     */
    public static Program training(Layer network, Shape input, ElementType type, Form form, Set<TrainingRule> chosen) {
        Program program = measuredByBatch(network, input);
        if (form == Form.BLOCKED && !BlockedLayout.suits(program)) {
            throw new IllegalArgumentException(
                    "Cannot train in %s: the network has steps that the layout lacks".formatted(form.text()));
        }
        return applied(program, training(type, form, chosen));
    }

    private static Program measuredByBatch(Layer network, Shape input) {
        return applied(Lowering.of(network, input), List.of(new DropMeasurements(), new NormaliseByBatch()));
    }

    /**
     * The program that evaluates a network while it trains: norms folded anew at each call, from the weights as they
     * are.
     */
    public static Program evaluation(Layer network, Shape input, ElementType type) {
        return applied(Lowering.of(network, input), answering(type, new DropMeasurements(), new FoldNorms()));
    }

    /** The program that measures a network's taps, as {@link #evaluation} computes them. */
    public static Program taps(Layer network, Shape input, ElementType type) {
        return applied(Lowering.of(network, input), answering(type, new FoldNorms()));
    }

    /** The program of a network whose weights are kept as training left them, in fp32. */
    public static Program kept(Layer network, Shape input) {
        return applied(Lowering.of(network, input), answering(ElementType.FP32, new DropMeasurements()));
    }

    /** The program that is deployed: norms folded once and for all. */
    public static Program deployment(Layer network, Shape input, ElementType type) {
        return evaluation(network, input, type);
    }

    private static List<Rule> training(ElementType type, Form form, Set<TrainingRule> chosen) {
        List<Rule> rules = new ArrayList<>();
        switch (form) {
            case CHANNELS_LAST -> {
                add(chosen, TrainingRule.COMMON_END, CommonEnd::new, rules);
                add(chosen, TrainingRule.SPARE_CHANNELS, SpareChannels::new, rules);
                add(chosen, TrainingRule.LARGE_DEPTHWISE_IN_SIXTEENS, JoinedDepthwise::large, rules);
                add(chosen, TrainingRule.STRIDED_DEPTHWISE_IN_THIRTY_TWOS, JoinedDepthwise::strided, rules);
            }
            case BLOCKED -> rules.add(new BlockedLayout(type, chosen));
            case GPU_CHANNELS_LAST -> {
                rules.add(new InForm(form));
                add(chosen, TrainingRule.COMMON_END, CommonEnd::new, rules);
            }
        }
        if (type.reduced()) {
            rules.add(new ReducedPrecision(type, chosen));
        }
        add(chosen, TrainingRule.IN_PLACE, () -> new InPlace(true), rules);
        return rules;
    }

    private static void add(Set<TrainingRule> chosen, TrainingRule rule, Supplier<Rule> made, List<Rule> rules) {
        if (chosen.contains(rule)) {
            rules.add(made.get());
        }
    }

    private static List<Rule> answering(ElementType type, Rule... first) {
        List<Rule> rules = new ArrayList<>(List.of(first));
        if (type.reduced()) {
            rules.add(new ReducedPrecision(type, Set.of()));
        }
        rules.add(new InPlace(false));
        return rules;
    }

    private static Program applied(Program program, List<Rule> rules) {
        Check.holds(program);
        Program now = program;
        for (Rule rule : rules) {
            now = rule.apply(now);
            try {
                Check.holds(now);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Cannot take the program that %s made: %s"
                                .formatted(rule.getClass().getSimpleName(), e.getMessage()),
                        e);
            }
        }
        return now;
    }
}
