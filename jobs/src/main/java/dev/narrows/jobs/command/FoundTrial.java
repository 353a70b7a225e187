package dev.narrows.jobs.command;

import dev.narrows.jobs.show.Numbers;
import dev.narrows.results.TrialRow;
import dev.narrows.study.BadInput;
import dev.narrows.tradeoff.StudyResults;
import dev.narrows.tradeoff.VariantSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A trial or variant that a person names by a prefix of a trial's or a variant's id, or by a variant's label.
 *
 * @param trial empty where a variant was named
 */
record FoundTrial(StudyResults in, VariantSummary variant, Optional<TrialRow> trial) {
    /** Folder to search by default. */
    private static final Path USUAL = Path.of("results");

    /** Least length of an id prefix; a shorter one may match by chance. */
    private static final int FEWEST_LETTERS = 4;

    private static final int TOLD = 5;

    /** The place of a row in a table; a longer number is an id prefix. */
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,6}");

    /**
     * The results of a study that is given, or of all studies below {@code results}.
     *
     * @param note callback for a sentence on each folder that cannot be read
     */
    static List<StudyResults> places(Optional<String> study, Consumer<String> note) {
        if (study.isPresent()) {
            return List.of(StudyPlace.of(study.get()).results());
        }
        if (!Files.isDirectory(USUAL)) {
            throw new BadInput(
                    "Cannot look for trials: there is no folder %s here; --in names a study file or a results folder"
                            .formatted(USUAL));
        }
        try (Stream<Path> folders = Files.list(USUAL)) {
            return folders.sorted()
                    .filter(Files::isDirectory)
                    .flatMap(folder -> StudyPlace.readable(folder.toString(), note).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list %s: %s".formatted(USUAL, e), e);
        }
    }

    /**
     * Finds the trial or variant of a name.
     *
     * @throws BadInput where there is none, or several
     */
    static FoundTrial of(String word, List<StudyResults> places) {
        List<FoundTrial> found = new ArrayList<>();
        for (StudyResults place : places) {
            for (VariantSummary variant : place.summaries()) {
                if (variant.label().equals(word) || begins(variant.id(), word)) {
                    found.add(new FoundTrial(place, variant, Optional.empty()));
                }
                variant.trials().stream()
                        .filter(row -> begins(row.trialId(), word))
                        .forEach(row -> found.add(new FoundTrial(place, variant, Optional.of(row))));
            }
        }
        if (found.isEmpty() && PLACE.matcher(word).matches()) {
            return byPlace(Integer.parseInt(word), places);
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        String looked = places.stream().map(place -> place.source().folder()).collect(Collectors.joining(", "));
        if (found.isEmpty()) {
            throw new BadInput("Cannot find '%s': no trial or variant in %s has this label or id prefix%s"
                    .formatted(word, looked.isEmpty() ? "any folder of results" : looked, examples(places)));
        }
        throw new BadInput(
                "Cannot tell which '%s' is meant: %d have this label or id prefix: %s; name the study with --in"
                        .formatted(
                                word,
                                found.size(),
                                found.stream()
                                        .limit(TOLD)
                                        .map(FoundTrial::toString)
                                        .collect(Collectors.joining(", "))));
    }

    /** The trial in a row of {@code trials.parquet}, which has them in the order of their ids. */
    private static FoundTrial byPlace(int place, List<StudyResults> places) {
        if (places.size() != 1) {
            throw new BadInput(
                    "Cannot tell which trial %d is meant: there are results of %d studies; name one with --in"
                            .formatted(place, places.size()));
        }
        StudyResults study = places.get(0);
        List<TrialRow> rows = study.rows().stream()
                .sorted(Comparator.comparing(TrialRow::trialId))
                .toList();
        if (place < 1 || place > rows.size()) {
            throw new BadInput("Cannot show trial %d of %s: it has %s"
                    .formatted(place, study.source().folder(), Numbers.counted(rows.size(), "ended trial")));
        }
        TrialRow row = rows.get(place - 1);
        return study.summaries().stream()
                .filter(summary ->
                        summary.trials().stream().anyMatch(own -> own.trialId().equals(row.trialId())))
                .findFirst()
                .map(variant -> new FoundTrial(study, variant, Optional.of(row)))
                .orElseThrow(() -> new BadInput("Cannot show trial %d of %s: %s is not in its grid"
                        .formatted(place, study.source().folder(), row.trialId())));
    }

    private static boolean begins(String id, String word) {
        return word.length() >= FEWEST_LETTERS && id.startsWith(word);
    }

    private static String examples(List<StudyResults> places) {
        String examples = places.stream()
                .flatMap(place -> place.summaries().stream())
                .flatMap(variant -> variant.trials().stream().limit(1))
                .limit(TOLD)
                .map(row -> "%s (%s, seed %d)".formatted(row.trialId(), row.variant(), row.seed()))
                .collect(Collectors.joining(", "));
        return examples.isEmpty() ? "" : ", such as " + examples;
    }

    /** {@code trial 1f3a… in results/quickstart}. */
    @Override
    public String toString() {
        return "%s in %s"
                .formatted(
                        trial.map(row -> "trial " + row.trialId()).orElseGet(() -> "variant " + variant.label()),
                        in.source().folder());
    }
}
