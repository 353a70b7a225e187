package dev.narrows.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network as a list of steps for one purpose, in the order in which they run.
 *
 * @param input the images, fp32 (N, C, H, W)
 * @param steps each reads what the input or an earlier step wrote
 * @param output the scores, fp32 (N, classes, 1, 1) or (N, classes, H, W)
 * @param parameters every parameter of the network in the order of its tree; rules may move steps, but not this
 *     order, in which weights are drawn and kept
 * @param seams tensors that pass from one part of the tree to another; rules about runs of layers stop there, because
 *     where they reach decides bits
 * @param form in which its steps train
 */
public record Program(
        Tensor input, List<Step> steps, Tensor output, List<Parameter> parameters, Set<Tensor> seams, Form form) {
    public Program {
        steps = List.copyOf(steps);
        parameters = List.copyOf(parameters);
        seams = Set.copyOf(seams);
    }

    /** A program in the form that any network has on any device. */
    public Program(Tensor input, List<Step> steps, Tensor output, List<Parameter> parameters, Set<Tensor> seams) {
        this(input, steps, output, parameters, seams, Form.CHANNELS_LAST);
    }

    /** This program with other steps that write the same output. */
    public Program withSteps(List<Step> others) {
        return new Program(input, others, output, parameters, seams, form);
    }

    /** These steps as a program of another form. */
    public Program in(Form other) {
        return new Program(input, steps, output, parameters, seams, other);
    }

    /** The step that alone reads a tensor, where both stand in one part of the tree. */
    public Optional<Step> next(Tensor tensor, Map<Tensor, List<Step>> readers) {
        List<Step> reading = readers.getOrDefault(tensor, List.of());
        return reading.size() == 1 && !seams.contains(tensor) ? Optional.of(reading.get(0)) : Optional.empty();
    }

    /** The parameters that the optimizer moves. */
    public List<Parameter> trainable() {
        return parameters.stream()
                .filter(parameter -> parameter.role().trainable())
                .toList();
    }

    /** The weight of the layer that gives the scores: the last one of the tree. */
    public Parameter lastWeight() {
        Parameter last = null;
        for (Parameter parameter : parameters) {
            last = parameter.role() == Parameter.Role.WEIGHT ? parameter : last;
        }
        if (last == null) {
            throw new IllegalArgumentException("Cannot find the last weight of a network without one");
        }
        return last;
    }

    /** The step that writes each tensor. */
    public Map<Tensor, Step> writers() {
        Map<Tensor, Step> writers = new HashMap<>();
        for (Step step : steps) {
            step.output().ifPresent(tensor -> writers.put(tensor, step));
        }
        return writers;
    }

    /** The steps that read each tensor, one as often as it does; the output counts as read by nobody. */
    public Map<Tensor, List<Step>> readers() {
        Map<Tensor, List<Step>> readers = new HashMap<>();
        for (Step step : steps) {
            for (Tensor tensor : step.inputs()) {
                readers.computeIfAbsent(tensor, key -> new ArrayList<>(1)).add(step);
            }
        }
        return readers;
    }

    /** The smallest number that no tensor of it has, nor any larger one. */
    public int nextNumber() {
        int next = input.number() + 1;
        for (Step step : steps) {
            next = Math.max(next, step.output().map(Tensor::number).orElse(0) + 1);
        }
        return next;
    }

    /** Names of parameters that stand more than once. */
    Set<String> repeatedNames() {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        for (Parameter parameter : parameters) {
            if (!seen.add(parameter.name())) {
                repeated.add(parameter.name());
            }
        }
        return repeated;
    }

    /** One step per line, for messages and tests. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder("input %s%n".formatted(input));
        steps.forEach(step -> lines.append(step).append('\n'));
        return lines.append("output ").append(output).toString();
    }
}
