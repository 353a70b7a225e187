package dev.narrows.jobs.command;

import dev.narrows.space.Plan;
import dev.narrows.space.Variant;
import dev.narrows.study.BadInput;
import java.util.List;
import java.util.stream.Collectors;

/** The variant of a plan that a person names by its label or a prefix of its id. */
public final class ChosenVariant {
    /** Number of labels in the message for a name that fits none or several. */
    private static final int TOLD = 5;

    private ChosenVariant() {}

    /**
     * The one variant of this name; an empty name means the only variant of the plan.
     *
     * @throws BadInput where there is not exactly one
     */
    public static Variant of(Plan plan, String word) {
        List<Variant> named = plan.variants().stream()
                .filter(variant -> variant.label().equals(word) || variant.id().startsWith(word))
                .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        List<Variant> told = named.isEmpty() ? plan.variants() : named;
        throw new BadInput(
                "Cannot find the variant '%s': %s of the %d in the plan have this label or id prefix; examples: %s"
                        .formatted(
                                word,
                                named.isEmpty() ? "none" : Integer.toString(named.size()),
                                plan.variants().size(),
                                told.stream()
                                        .limit(TOLD)
                                        .map(variant -> variant.id().substring(0, 8) + " (" + variant.label() + ")")
                                        .collect(Collectors.joining(", "))));
    }
}
