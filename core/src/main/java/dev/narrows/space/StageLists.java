package dev.narrows.space;

import dev.narrows.family.Knob;
import dev.narrows.study.Axis;
import dev.narrows.study.GridEntry;
import dev.narrows.study.Study;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Lists of a study that may have been meant as one value per stage, and are several values to try. */
public final class StageLists {
    /** Two values are hardly ever a value per stage. */
    private static final int FEWEST = 3;

    private StageLists() {}

    /** A sentence for each list of whole numbers that has as many values as its networks have stages. */
    public static List<String> hints(Study study) {
        return study.grid().stream()
                .flatMap(entry -> entry.axes().stream()
                        .filter(axis -> looksLikeStages(axis)
                                && stagesAre(entry, axis.values().size()))
                        .map(StageLists::hint))
                .toList();
    }

    private static boolean looksLikeStages(Axis axis) {
        return axis.given()
                && axis.knob().arity() == Knob.Arity.BY_STAGE
                && axis.knob().type() == Knob.Type.INTEGER
                && axis.values().size() >= FEWEST
                && axis.values().stream().allMatch(Number.class::isInstance);
    }

    private static boolean stagesAre(GridEntry entry, int count) {
        return entry.axes().stream()
                .filter(axis -> axis.knob().name().equals("depths"))
                .flatMap(axis -> axis.values().stream())
                .anyMatch(depths -> depths instanceof List<?> list && list.size() == count);
    }

    private static String hint(Axis axis) {
        String values = axis.values().stream().map(Objects::toString).collect(Collectors.joining(", ", "[", "]"));
        return axis.origin()
                .tell(("%s = %s gives %d networks, each with one value in all stages; for one value per"
                                + " stage write %s = [%s]")
                        .formatted(
                                axis.knob().name(),
                                values,
                                axis.values().size(),
                                axis.knob().name(),
                                values));
    }
}
