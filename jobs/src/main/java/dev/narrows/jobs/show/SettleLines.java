package dev.narrows.jobs.show;

import dev.narrows.tradeoff.OpenQuestion;
import dev.narrows.tradeoff.Settling;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The open questions of a study as a table, with the further seeds of each.
 *
 * @param slots trials at once, for the time that they take
 */
public record SettleLines(Settling settling, int slots, Terminal terminal) {
    /**
     * Prints them.
     *
     * @param added trials that were added just before
     * @param command that trains what is missing; empty where it was just run
     */
    public void print(int added, String command) {
        if (added > 0) {
            terminal.say("Trained %s beyond the plan".formatted(Numbers.counted(added, "trial")));
            terminal.say("");
        }
        List<OpenQuestion> open = settling.open();
        if (open.isEmpty()) {
            terminal.say(
                    settling.unknownChances().isPresent()
                            ? "No effect of a knob is open"
                            : "Nothing is open among the trials that have ended");
            return;
        }
        terminal.say("Open questions, the cheapest to settle first");
        terminal.say("");
        new Grid<>(open)
                .number(
                        "seeds",
                        question -> question.settlement()
                                .furtherSeeds()
                                .map(seeds -> "+" + seeds)
                                .orElse("–"))
                .number(
                        "trials",
                        question -> question.settlement()
                                .furtherSeeds()
                                .map(seeds -> Integer.toString(
                                        seeds * question.variants().size()))
                                .orElse("–"))
                .number(
                        "time",
                        question -> question.canBeSettled() ? Numbers.duration(question.seconds() / slots) : "–")
                .rest("question", SettleLines::words, terminal)
                .print(terminal, question -> false);
        terminal.say("");
        terminal.say("seeds: further seeds of each variant concerned, if differences and variances stay as they are;"
                + " where there is no interval yet, a second one");
        long settleable = open.stream().filter(OpenQuestion::canBeSettled).count();
        if (settleable > 0 && !command.isEmpty()) {
            terminal.say("To train them, %d of %s: %s --budget 30m"
                    .formatted(settleable, Numbers.counted(open.size(), "question"), command));
        }
        if (settleable == 0) {
            terminal.say("More seeds settle none of them");
        }
    }

    private static String words(OpenQuestion question) {
        String reason = question.settlement()
                .reason()
                .filter(text ->
                        question.difference().reason().filter(text::equals).isEmpty())
                .map(text -> " (" + text + ")")
                .orElse("");
        return switch (question.about()) {
            case FRONT ->
                "Is %s on the front? %s likely; from %s: %s%s"
                        .formatted(
                                question.subject(),
                                question.chance().map(Numbers::wholePercent).orElse("?"),
                                rivals(question),
                                question.difference().words(),
                                reason);
            case AXIS -> question.subject() + ": " + question.difference().words() + reason;
            case SEEDS ->
                "Every variant has one seed: a second of the %s on the front tells %s"
                        .formatted(Numbers.counted(question.variants().size(), "variant"), question.subject());
        };
    }

    private static String rivals(OpenQuestion question) {
        Set<String> labels = new LinkedHashSet<>();
        question.variants().stream().skip(1).forEach(variant -> labels.add(variant.label()));
        String first = labels.iterator().next();
        return labels.size() == 1 ? first : "%s (and %d more)".formatted(first, labels.size() - 1);
    }
}
