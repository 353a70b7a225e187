package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The note on trials that were computed in several forms: the same bits are promised within one form and kind of
 * processor or GPU, so a comparison across forms includes their rounding.
 */
public final class MixedForms {
    private MixedForms() {}

    /** A sentence for a reader of figures; empty where all forms that are known are one. */
    public static Optional<String> note(Stream<TrialRow> rows) {
        Map<String, Long> forms = rows.map(row -> row.result().form())
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return forms.size() < 2
                ? Optional.empty()
                : Optional.of(("Trials were computed in %d forms (%s): the last bits of accuracies differ between"
                                + " them; the column form says which trial ran in which")
                        .formatted(
                                forms.size(),
                                forms.entrySet().stream()
                                        .map(form -> form.getKey() + ": " + form.getValue())
                                        .collect(Collectors.joining(", "))));
    }
}
