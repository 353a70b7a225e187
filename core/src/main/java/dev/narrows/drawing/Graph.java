package dev.narrows.drawing;

import java.util.List;
import java.util.OptionalInt;

/** Boxes and the ways between them, before layout. A box is identified by its index in the list. */
record Graph(List<Box> boxes, List<Way> ways) {
    /** Meaning of a box. */
    enum Role {
        IN,
        OUT,
        PART,
        MERGE,
        /** Named parts that are not drawn. */
        ELIDED,
        /** An opened block, which contains other boxes. */
        GROUP
    }

    /**
     * @param group index of the box that contains it
     * @param main true on the main way: in the branch with most layers at every fork
     * @param outline empty for a group
     * @param lines of text, beginning with its name
     * @param title full description with exact numbers
     */
    record Box(OptionalInt group, Role role, boolean main, Silhouette outline, List<String> lines, String title) {
        Box {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A connection from the lower side of a box to the upper side of another.
     *
     * @param main true on the main way: in the branch with most layers at every fork
     */
    record Way(int from, int to, boolean main) {}

    Graph {
        boxes = List.copyOf(boxes);
        ways = List.copyOf(ways);
    }
}
