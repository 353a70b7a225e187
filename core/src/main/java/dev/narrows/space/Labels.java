package dev.narrows.space;

import dev.narrows.family.Settings;
import dev.narrows.study.Axis;
import dev.narrows.study.GridEntry;
import dev.narrows.study.Solve;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Readable names of variants: the family, and each knob that takes more than one value over all the study's grids of
 * that family, such as {@code bottleneck mid-ratio=0.25 cardinality=4}.
 */
final class Labels {
    private final Map<String, List<String>> varying = new HashMap<>();

    Labels(List<GridEntry> grid) {
        Map<String, Set<@Nullable Object>> values = new HashMap<>();
        Map<String, Set<String>> names = new HashMap<>();
        for (GridEntry entry : grid) {
            String family = entry.family().name();
            for (Axis axis : entry.axes()) {
                String knob = axis.knob().name();
                Set<@Nullable Object> taken = values.computeIfAbsent(family + " " + knob, key -> new HashSet<>());
                taken.addAll(axis.values());
                boolean solved =
                        entry.solve().map(Solve::knob).filter(knob::equals).isPresent();
                if (taken.size() > 1 || solved) {
                    names.computeIfAbsent(family, key -> new LinkedHashSet<>()).add(knob);
                }
            }
            Set<String> shown = names.getOrDefault(family, Set.of());
            List<String> ordered = new ArrayList<>();
            entry.axes().stream()
                    .map(axis -> axis.knob().name())
                    .filter(shown::contains)
                    .forEach(ordered::add);
            varying.put(family, ordered);
        }
    }

    String of(String family, Settings settings) {
        StringBuilder label = new StringBuilder(family);
        for (String knob : varying.getOrDefault(family, List.of())) {
            label.append(' ').append(knob).append('=');
            append(label, settings.values().get(knob));
        }
        return label.toString();
    }

    /** A list is joined by dashes, as commas part the columns of a table. */
    private static void append(StringBuilder label, @Nullable Object value) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (i > 0) {
                    label.append('-');
                }
                append(label, list.get(i));
            }
        } else if (value instanceof Integer number) {
            label.append(number.intValue());
        } else if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            label.append(number.longValue());
        } else {
            label.append(value == null ? "none" : value.toString());
        }
    }
}
