package dev.narrows.jobs.show;

import dev.narrows.cost.LayerCost;
import dev.narrows.space.Plan;
import dev.narrows.space.Rejection;
import dev.narrows.space.Repeat;
import dev.narrows.space.Variant;
import java.util.List;
import java.util.Set;

/** A plan for a person. */
public final class PlanTable {
    private PlanTable() {}

    /**
     * Every variant, then what is rejected and why, then which points of the grids are the same network.
     *
     * @param done ids of the variants whose trials have all ended
     */
    public static void print(Plan plan, Set<String> done, Terminal terminal) {
        if (!plan.variants().isEmpty()) {
            new Grid<>(plan.variants())
                    .number("params", variant -> Numbers.count(variant.cost().params()))
                    .number("MACs", variant -> Numbers.count(variant.cost().macs()))
                    .number(
                            "activations",
                            variant -> Numbers.count(variant.cost().activations()))
                    .number("seeds", variant -> String.valueOf(variant.seeds().size()))
                    .words("state", variant -> done.contains(variant.id()) ? "done" : "planned")
                    .words(
                            "id",
                            variant -> variant.id()
                                    .substring(0, Math.min(8, variant.id().length())))
                    .rest("variant", Variant::label, terminal)
                    .print(terminal, variant -> false);
        }
        if (!plan.rejections().isEmpty()) {
            terminal.say("");
            terminal.say("@|bold Rejected|@");
            for (Rejection rejection : plan.rejections()) {
                terminal.say("  " + rejection.label());
                terminal.say("    @|red " + rejection.message() + "|@");
            }
        }
        if (!plan.repeats().isEmpty()) {
            terminal.say("");
            terminal.say("@|bold The same network as an earlier one|@");
            for (Repeat repeat : plan.repeats()) {
                terminal.say("  %s = %s".formatted(repeat.label(), repeat.of()));
            }
        }
    }

    /** The layers of one variant, with what each costs. */
    public static void printLayers(Variant variant, Terminal terminal) {
        terminal.say("@|bold %s|@ (%s)".formatted(variant.label(), variant.id()));
        List<LayerCost> layers = LayerCost.of(variant.network(), variant.input());
        new Grid<>(layers)
                .words("block", LayerCost::block)
                .words("layer", LayerCost::layer)
                .number("output", layer -> layer.output().toString())
                .number("params", layer -> "%,d".formatted(layer.params()))
                .number("MACs", layer -> "%,d".formatted(layer.macs()))
                .number("activations", layer -> "%,d".formatted(layer.activations()))
                .print(terminal, layer -> false);
        terminal.say("in all: %,d params, %,d MACs, %,d activations"
                .formatted(
                        variant.cost().params(),
                        variant.cost().macs(),
                        variant.cost().activations()));
    }
}
