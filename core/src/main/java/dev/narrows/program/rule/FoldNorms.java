package dev.narrows.program.rule;

import dev.narrows.program.BatchNorm;
import dev.narrows.program.Program;
import dev.narrows.program.Step;
import dev.narrows.program.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A batch norm by running statistics that follows a convolution becomes part of it.
 *
 * <p>With scale s = γ / √(σ² + ε) of each output channel, the weight becomes s·w and the bias β + s·(b − μ), where μ
 * and σ² are the running statistics (Jacob et al., 2018). A batch norm that follows anything else stays.
 */
final class FoldNorms implements Rule {
    @Override
    public Program apply(Program program) {
        Map<Tensor, List<Step>> readers = program.readers();
        Rewriting folded = new Rewriting(program);
        Set<Step> gone = new HashSet<>();
        for (Step step : program.steps()) {
            if (gone.contains(step)) {
                continue;
            }
            Optional<Step.NormaliseBatch> norm =
                    step.output().flatMap(out -> program.next(out, readers)).flatMap(FoldNorms::foldable);
            if (norm.isPresent() && step instanceof Step.Convolve conv) {
                gone.add(norm.get());
                BatchNorm whole = norm.get().norms().get(0);
                folded.emit(new Step.Convolve(
                        conv.in(), conv.filter().folding(whole), norm.get().out()));
            } else if (norm.isPresent() && step instanceof Step.ConvolveTransposed conv) {
                gone.add(norm.get());
                folded.emit(new Step.ConvolveTransposed(
                        conv.in(),
                        conv.conv(),
                        conv.weight(),
                        conv.bias(),
                        Optional.of(norm.get().norms().get(0)),
                        norm.get().out()));
            } else {
                folded.emit(step);
            }
        }
        return folded.done();
    }

    private static Optional<Step.NormaliseBatch> foldable(Step step) {
        return step instanceof Step.NormaliseBatch norm
                        && !norm.byBatch()
                        && norm.norms().size() == 1
                ? Optional.of(norm)
                : Optional.empty();
    }
}
