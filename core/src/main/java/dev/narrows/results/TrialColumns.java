package dev.narrows.results;

import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.TEXT;

import dev.narrows.family.Family;
import dev.narrows.trial.TrialResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The order of the columns of {@code trials}; those of knobs come from {@link KnobColumns}. */
final class TrialColumns {
    private TrialColumns() {}

    /** {@code trials} with one column per knob of the families of its rows. */
    static Table<TrialLine> table(Collection<Family> families, List<TrialLine> lines) {
        return table(KnobColumns.of(families, lines, table(List.of()).columns()));
    }

    /** {@code trials} with these columns of knobs. */
    static Table<TrialLine> table(List<Column<TrialLine>> knobs) {
        List<Column<TrialLine>> columns = new ArrayList<>();
        columns.addAll(SubjectColumns.NAMES.list());
        columns.addAll(ResultColumns.ENDING.list());
        columns.addAll(SubjectColumns.SIZES.list());
        columns.addAll(LearningColumns.VALIDATION.list());
        columns.addAll(ResultColumns.HITS.list());
        columns.addAll(NarrowColumns.LIST.list());
        columns.addAll(ResultColumns.TEST.list());
        columns.addAll(LearningColumns.TRAINING.list());
        columns.addAll(ResultColumns.EFFORT.list());
        columns.addAll(SubjectColumns.MEMORY.list());
        columns.addAll(ENVIRONMENT);
        columns.addAll(ResultColumns.FORMS.list());
        columns.addAll(knobs);
        columns.addAll(TrainingColumns.COLUMNS);
        columns.addAll(PROVENANCE);
        columns.addAll(ResultColumns.TIME.list());
        return new Table<>("trials", "One row for each ended trial and for each rejected variant.", columns);
    }

    private static final List<Column<TrialLine>> ENVIRONMENT = Stream.concat(
                    Stream.of(
                            EnvironmentColumns.ofTrial(
                                    EnvironmentColumns.PRECISION, "Precision of the convolutions: fp32, bf16 or fp16."),
                            EnvironmentColumns.ofTrial(EnvironmentColumns.THREADS),
                            EnvironmentColumns.ofTrial(EnvironmentColumns.DEVICE),
                            EnvironmentColumns.ofTrial(EnvironmentColumns.HOST),
                            EnvironmentColumns.ofTrial(EnvironmentColumns.PROCESSOR)),
                    EnvironmentColumns.OF_GPU.stream().map(EnvironmentColumns::ofTrial))
            .toList();

    /** The columns of why a trial is there, and of the software that made its row. */
    private static final List<Column<TrialLine>> PROVENANCE = List.of(
            Column.optional(
                    "added_because",
                    TEXT,
                    "Reason for a trial that narrows settle added; null for one of the plan.",
                    TrialLine::added),
            Column.optional(
                    "narrows_version",
                    TEXT,
                    "Version of Narrows that trained it.",
                    line -> line.ofResult(result -> version(result, "narrows"))),
            Column.optional(
                    "git_commit",
                    TEXT,
                    "Commit of Narrows that trained it, where the build knew it.",
                    line -> line.ofResult(result -> version(result, "commit"))),
            EnvironmentColumns.ofTrial(EnvironmentColumns.VERSIONS),
            Column.required("schema_version", INTEGER, "Version of this schema.", line -> Table.SCHEMA_VERSION));

    private static @Nullable String version(TrialResult result, String name) {
        for (String pair : result.environment().versions().split(";", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }
}
