package dev.narrows.jobs.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that the template fills in; all of it is shown as text unless it says otherwise.
 *
 * @param question the question of the study, or its name
 * @param written the moment of writing
 * @param answer sentences that the figures support
 * @param furtherAnswer those that are shown on demand
 * @param facts the facts of the run
 * @param leftOut variants that a search has not trained
 * @param style CSS of the page
 * @param libraries JavaScript of the libraries, as it is
 * @param script JavaScript of the page, as it is
 * @param data JSON of {@link Figures}, safe inside a script element
 * @param policy rule for the browser: load and run nothing that is not in the file
 * @param version version of a page that is served while its study runs; null for a file
 */
public record Page(
        String study,
        String question,
        StudyState state,
        String written,
        List<Told> answer,
        List<Told> furtherAnswer,
        List<Fact> facts,
        List<Sketch> sketches,
        String sketchesLeft,
        List<LeftOut> leftOut,
        List<Group> failures,
        List<Group> rejections,
        List<Fact> provenance,
        List<Fact> commands,
        String studyText,
        String style,
        List<String> libraries,
        String script,
        String data,
        String policy,
        @Nullable String version) {
    /** The state of the study; {@code kind} picks a colour: done, going, part, bad. */
    public record StudyState(String kind, String words) {}

    /** A sentence of the answer; {@code kind} picks its mark: settled, open, unknown, take, note. */
    public record Told(String kind, String words) {}

    /** A name and what belongs to it. */
    public record Fact(String name, String value) {}

    /**
     * The picture of a network.
     *
     * @param svg an SVG document, as it is
     */
    public record Sketch(String variantId, String label, String figures, String svg) {}

    /** A variant that a search has not trained, with what it predicts; all as they are shown. */
    public record LeftOut(
            String label, String chance, String quality, String interval, String params, String macs, String rival) {}

    /** Trials or variants that ended alike, for the same reason. */
    public record Group(String outcome, int count, String reason, List<String> variants, int more) {}
}
