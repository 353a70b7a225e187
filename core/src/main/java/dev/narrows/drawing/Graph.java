package dev.narrows.drawing;

import java.util.List;
import java.util.OptionalInt;

/** Boxes and the ways between them, before anything has a place. Boxes are known by their number in the list. */
record Graph(List<Box> boxes, List<Way> ways) {
    /** What a box stands for. */
    enum Role {
        IN,
        OUT,
        PART,
        MERGE,
        /** Named parts that are left out. */
        ELIDED,
        /** A block that is opened: other boxes lie in it. */
        GROUP
    }

    /**
     * @param group the number of the box that it lies in
     * @param main whether it lies on the way that computes most at every fork
     * @param outline empty for a group
     * @param lines of text, the first of them its name
     * @param title what it is in full, with exact numbers
     */
    record Box(OptionalInt group, Role role, boolean main, Silhouette outline, List<String> lines, String title) {
        Box {
            lines = List.copyOf(lines);
        }
    }

    /**
     * From the lower side of a box to the upper side of another.
     *
     * @param main whether it belongs to the way that computes most at every fork
     */
    record Way(int from, int to, boolean main) {}

    Graph {
        boxes = List.copyOf(boxes);
        ways = List.copyOf(ways);
    }
}
