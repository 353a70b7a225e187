package dev.narrows.cost;

import dev.narrows.net.Activation;
import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Norm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The batch norm and activation with which every branch of a concatenation ends, as in Inception.
 *
 * <p>Both treat each channel by itself, so they may as well stand once behind the concatenation, over the channels of all
 * branches, and training computes them there: one wide norm instead of several narrow ones, and gradients that reach the
 * activation whole instead of as slices. The bits are the same; the ends of a module of 32 channels at 28x28 take a quarter
 * of the time. They cost memory otherwise, too.
 *
 * @param bodies the branches without their ends, in order
 * @param norms the batch norm of each
 * @param activation the activation behind each norm, if there is one
 */
public record CommonEnd(List<Layer> bodies, List<Norm> norms, Optional<Activation> activation) {
    /** The common end of a fork; empty where branches end differently or are not concatenated. */
    public static Optional<CommonEnd> of(Fork fork) {
        if (fork.merge() != Fork.Merge.CONCAT) {
            return Optional.empty();
        }
        List<List<Layer>> branches =
                fork.branches().stream().map(CommonEnd::steps).toList();
        List<Layer> first = branches.get(0);
        Optional<Activation> activation = !first.isEmpty() && first.get(first.size() - 1) instanceof Activation last
                ? Optional.of(last)
                : Optional.empty();
        List<Layer> bodies = new ArrayList<>();
        List<Norm> norms = new ArrayList<>();
        for (List<Layer> steps : branches) {
            int norm = steps.size() - (activation.isPresent() ? 2 : 1);
            if (norm < 1
                    || !(steps.get(norm) instanceof Norm last && last.kind() == Norm.Kind.BATCH)
                    || (activation.isPresent() && !steps.get(norm + 1).equals(activation.get()))) {
                return Optional.empty();
            }
            bodies.add(new Chain(steps.subList(0, norm)));
            norms.add(last);
        }
        return Optional.of(new CommonEnd(bodies, norms, activation));
    }

    private static List<Layer> steps(Layer branch) {
        if (branch instanceof Block block) {
            return steps(block.body());
        }
        return branch instanceof Chain chain ? chain.steps() : List.of(branch);
    }
}
