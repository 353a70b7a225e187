package dev.narrows.space;

import dev.narrows.family.Settings;
import dev.narrows.study.Axis;
import dev.narrows.study.GridEntry;
import dev.narrows.study.Sample;
import java.nio.IntBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.jspecify.annotations.Nullable;

/**
 * The points of one grid by their number: the cross product of its axes, the last axis varying fastest, or a sample of
 * it. A point is made when it is asked for.
 */
final class Points {
    /** Not the JDK's, whose algorithms may change: a sample is part of a study's definition. */
    private static final RandomSource SOURCE = RandomSource.XO_SHI_RO_256_PP;

    private final List<Axis> axes;
    private final long count;
    private final Optional<int[][]> drawn;

    Points(GridEntry grid) {
        this.axes = grid.axes();
        this.drawn = grid.sample().map(this::draw);
        this.count = drawn.isPresent() ? drawn.get().length : product(axes);
    }

    long count() {
        return count;
    }

    /** The choice of every knob at a point, counted from 0. */
    Settings at(long point) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(2 * axes.size());
        if (drawn.isPresent()) {
            int[] choice = drawn.get()[Math.toIntExact(point)];
            for (int i = 0; i < choice.length; i++) {
                values.put(axes.get(i).knob().name(), axes.get(i).values().get(choice[i]));
            }
            return new Settings(values);
        }
        long within = count;
        long rest = point;
        for (Axis axis : axes) {
            within /= axis.values().size();
            int choice = (int) (rest / within);
            rest %= within;
            values.put(axis.knob().name(), axis.values().get(choice));
        }
        return new Settings(values);
    }

    /**
     * The number of combinations.
     *
     * @throws ArithmeticException where 64 bits do not hold it
     */
    static long product(List<Axis> axes) {
        long product = 1;
        for (Axis axis : axes) {
            product = Math.multiplyExact(product, (long) axis.values().size());
        }
        return product;
    }

    /**
     * Draws points evenly until there are as many different ones as asked for, or all there are. A longer sample of the
     * same seed begins with the shorter one, so that a study that draws more trains only what is new.
     */
    private int[][] draw(Sample sample) {
        int asked = sample.count();
        try {
            asked = (int) Math.min(asked, product(axes));
        } catch (ArithmeticException e) {
            // More points than 64 bits count: no sample exhausts them.
        }
        UniformRandomProvider random = SOURCE.create(sample.seed());
        Set<IntBuffer> seen = new HashSet<>(2 * asked);
        int[][] draws = new int[asked][];
        int count = 0;
        while (count < asked) {
            int[] choice = new int[axes.size()];
            for (int i = 0; i < choice.length; i++) {
                int values = axes.get(i).values().size();
                choice[i] = values == 1 ? 0 : random.nextInt(values);
            }
            if (seen.add(IntBuffer.wrap(choice))) {
                draws[count++] = choice;
            }
        }
        return draws;
    }
}
