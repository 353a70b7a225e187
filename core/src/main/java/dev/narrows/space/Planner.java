package dev.narrows.space;

import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes a plan of a study: every point of its grids, built or rejected. */
public final class Planner {
    /** Size of a network of about fifty layers with its settings, more than most need. */
    private static final long POINT_BYTES = 16 << 10;

    private Planner() {}

    /**
     * The plan of a study that says itself what its networks take.
     *
     * @throws BadInput where the study has data instead, whose images say it
     */
    public static Plan plan(Study study) {
        return plan(
                study,
                study.input()
                        .orElseThrow(() -> new BadInput(
                                "%s: Cannot plan without input: the data must be read first".formatted(study.file()))));
    }

    /**
     * The plan of a study whose networks take what its data give.
     *
     * @param input shape and classes of the data
     * @throws BadInput where there are more points than the heap holds networks
     */
    public static Plan plan(Study study, Study.Input input) {
        Checks.check(study, input);
        refuseMoreThanFits(study, points(study, input), Runtime.getRuntime().maxMemory());
        Map<String, Variant> variants = new LinkedHashMap<>();
        List<Rejection> rejections = new ArrayList<>();
        List<Repeat> repeats = new ArrayList<>();
        Iterator<Planned> points = stream(study, input);
        while (points.hasNext()) {
            Planned planned = points.next();
            if (planned instanceof Variant variant) {
                variants.put(variant.id(), variant);
            } else if (planned instanceof Rejection rejection) {
                rejections.add(rejection);
            } else if (planned instanceof Repeat repeat) {
                repeats.add(repeat);
                variants.computeIfPresent(repeat.variantId(), (id, first) -> united(first, repeat));
            }
        }
        return new Plan(List.copyOf(variants.values()), rejections, repeats);
    }

    /** @param heap bytes of it */
    static void refuseMoreThanFits(Study study, long points, long heap) {
        long most = heap / POINT_BYTES;
        if (points > most) {
            throw new BadInput(String.format(
                    Locale.ROOT,
                    "%s: Cannot hold a plan of %,d points: %,d MiB of heap hold %,d; sample = { count ="
                            + " 200, seed = 1 } draws from a grid",
                    study.file(),
                    points,
                    heap >> 20,
                    most));
        }
    }

    private static Variant united(Variant first, Repeat repeat) {
        Set<Long> seeds = new LinkedHashSet<>(first.seeds());
        seeds.addAll(repeat.seeds());
        return first.withSeeds(List.copyOf(seeds));
    }

    /**
     * Every point of a study's grids in their order, each built when it is asked for: a million pass through little
     * memory. The seeds of a repeat are not yet those of its variant.
     */
    public static Iterator<Planned> stream(Study study, Study.Input input) {
        return new Expansion(study, input);
    }

    /** The number of points of a study's grids, also of those that cannot be built. */
    public static long points(Study study, Study.Input input) {
        return new Expansion(study, input).count();
    }
}
