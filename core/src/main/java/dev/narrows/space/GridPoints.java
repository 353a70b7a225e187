package dev.narrows.space;

import dev.narrows.cost.Cost;
import dev.narrows.family.Family;
import dev.narrows.family.Settings;
import dev.narrows.net.Layer;
import dev.narrows.net.ShapeException;
import dev.narrows.study.CostMeasure;
import dev.narrows.study.DataSpec;
import dev.narrows.study.GridEntry;
import dev.narrows.study.Study;
import java.util.Optional;

/** The points of one grid, each built when it is asked for. */
final class GridPoints {
    private final GridEntry grid;
    private final Points points;
    private final Optional<EqualCost> equalCost;
    private final Labels labels;
    private final Limiter limiter;
    private final Checks checks;
    private final Study.Input input;

    GridPoints(GridEntry grid, Study study, Study.Input input, Labels labels) {
        this.grid = grid;
        this.points = new Points(grid);
        this.equalCost =
                grid.solve().map(solve -> new EqualCost(grid.family(), solve, input, factor(solve.measure(), study)));
        this.labels = labels;
        this.limiter = new Limiter(study);
        this.checks = new Checks(study, input);
        this.input = input;
    }

    /**
     * A training step costs an input three times its forward pass: also the gradients of its weights and of its inputs.
     */
    private static long factor(CostMeasure measure, Study study) {
        return switch (measure) {
            case PARAMS, MACS, ACTIVATIONS -> 1;
            case TRAINING_MACS ->
                Math.multiplyExact(
                        3L * study.training().get(0).epochs(),
                        study.data().stream()
                                .findFirst()
                                .map(GridPoints::samples)
                                .orElse(1L));
        };
    }

    /** Samples of an epoch, with 1 for an unknown number: costs are then only compared with one another. */
    private static long samples(DataSpec data) {
        return Math.multiplyExact(
                (long) data.train().orElse(1), data.preparation().samples().orElse(1));
    }

    long count() {
        return points.count();
    }

    GridEntry grid() {
        return grid;
    }

    /** The label of a point, also of one that cannot be built. */
    String label(long point) {
        Settings settings = points.at(point);
        return labels.of(
                grid.family().name(), equalCost.isPresent() ? equalCost.get().solved(settings) : settings);
    }

    /** Settings for a label: a knob without a solution is shown as a question mark. */
    private Settings asked(Settings settings) {
        return settings.with(grid.solve().orElseThrow().knob(), "?");
    }

    /** The point as a variant, or as a rejection with its reason. */
    Planned at(long point, VariantId ids) {
        Family family = grid.family();
        Settings settings = points.at(point);
        Optional<Cost> cost = Optional.empty();
        Optional<String> id = Optional.empty();
        String reason;
        boolean unsolved = equalCost.isPresent();
        try {
            if (equalCost.isPresent()) {
                settings = equalCost.get().solved(settings);
                unsolved = false;
            }
            Layer network = family.build(settings, input.shape(), input.classes());
            Cost counted = Cost.of(network, input.shape());
            String named = ids.of(network, input.shape());
            String label = labels.of(family.name(), settings);
            Optional<String> over =
                    checks.misfit(label, network).or(() -> limiter.over(label, network, counted, input));
            if (over.isEmpty()) {
                return new Variant(
                        named,
                        label,
                        family.name(),
                        settings,
                        network,
                        input.shape(),
                        input.classes(),
                        counted,
                        grid.seeds());
            }
            cost = Optional.of(counted);
            id = Optional.of(named);
            reason = over.get();
        } catch (IllegalArgumentException | ShapeException e) {
            reason = String.valueOf(e.getMessage());
        } catch (ArithmeticException e) {
            reason = "Cannot build %s: its numbers are more than an integer holds".formatted(family.name());
        } catch (RuntimeException e) {
            // A family in a user's jar may throw anything, and one variant must not stop the others.
            reason = "Cannot build %s: it threw %s".formatted(family.name(), e);
        }
        return new Rejection(
                labels.of(family.name(), unsolved ? asked(settings) : settings),
                family.name(),
                settings,
                id,
                cost,
                grid.seeds(),
                reason,
                grid.origin());
    }
}
