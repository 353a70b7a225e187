package dev.narrows.space;

import dev.narrows.study.GridEntry;
import dev.narrows.study.Study;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Goes through every point of a study's grids in their order. It keeps one id per network that has gone by, so that a
 * million points need little memory.
 */
final class Expansion implements Iterator<Planned> {
    /** The point at which a network was first met. */
    private record Place(int grid, long point) {}

    private final List<GridPoints> grids = new ArrayList<>();
    private final VariantId ids = new VariantId();
    private final Map<String, Place> met = new HashMap<>();
    private int grid;
    private long point;

    Expansion(Study study, Study.Input input) {
        Labels labels = new Labels(study.grid());
        for (GridEntry entry : study.grid()) {
            grids.add(new GridPoints(entry, study, input, labels));
        }
    }

    /** The number of points in all. */
    long count() {
        long count = 0;
        for (GridPoints points : grids) {
            count = Math.addExact(count, points.count());
        }
        return count;
    }

    @Override
    public boolean hasNext() {
        while (grid < grids.size() && point >= grids.get(grid).count()) {
            grid++;
            point = 0;
        }
        return grid < grids.size();
    }

    @Override
    public Planned next() {
        if (!hasNext()) {
            throw new NoSuchElementException("Cannot go on: every point has been planned");
        }
        GridPoints points = grids.get(grid);
        Place here = new Place(grid, point);
        Planned planned = points.at(point++, ids);
        if (planned instanceof Variant variant) {
            Place first = met.putIfAbsent(variant.id(), here);
            if (first != null) {
                return new Repeat(
                        variant.id(),
                        variant.label(),
                        grids.get(first.grid()).label(first.point()),
                        variant.seeds(),
                        points.grid().origin());
            }
        }
        return planned;
    }
}
