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
        Program program = checked(Lowering.of(network, input), new DropMeasurements(), new NormaliseByBatch());
        return applied(program, training(type, form, program));
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

    private static List<Rule> training(ElementType type, Form form, Program program) {
        List<Rule> rules = new ArrayList<>();
        switch (form) {
            case CHANNELS_LAST -> rules.addAll(channelsLast(type));
            case GPU_CHANNELS_LAST -> {
                rules.add(new InForm(form));
                rules.add(new CommonEnd());
                if (type.reduced()) {
                    rules.add(new ReducedPrecision(type, false));
                }
            }
            case BLOCKED -> {
                if (BlockedLayout.suits(program)) {
                    rules.add(new BlockedLayout(type));
                    reduceOnProcessor(type, rules);
                } else {
                    rules.addAll(channelsLast(type));
                }
            }
        }
        rules.add(new InPlace(true));
        return rules;
    }

    private static List<Rule> channelsLast(ElementType type) {
        List<Rule> rules = new ArrayList<>();
        rules.add(new CommonEnd());
        if (type == ElementType.FP32) {
            rules.add(new SpareChannels());
        }
        reduceOnProcessor(type, rules);
        return rules;
    }

    /** Slow groups are a matter of bf16: fp16 is for GPUs. */
    private static void reduceOnProcessor(ElementType type, List<Rule> rules) {
        if (type.reduced()) {
            rules.add(new ReducedPrecision(type, type == ElementType.BF16));
        }
    }

    private static List<Rule> answering(ElementType type, Rule... first) {
        List<Rule> rules = new ArrayList<>(List.of(first));
        if (type.reduced()) {
            rules.add(new ReducedPrecision(type, false));
        }
        rules.add(new InPlace(false));
        return rules;
    }

    private static Program checked(Program program, Rule... rules) {
        return applied(program, List.of(rules));
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
