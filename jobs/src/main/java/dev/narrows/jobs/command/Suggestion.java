package dev.narrows.jobs.command;

import dev.narrows.study.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The message for a command line that cannot be read, with what a misspelt word may have meant. */
public final class Suggestion {
    private Suggestion() {}

    /** One sentence for a person. */
    public static String problem(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return String.valueOf(e.getMessage());
        }
        String word = unmatched.getUnmatched().get(0);
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        if (word.startsWith("-")) {
            String option = word.replaceFirst("=.*", "");
            return "Cannot take %s: %s has no such option%s".formatted(option, name, hint(option, options(command)));
        }
        return command.getSubcommands().isEmpty()
                ? "Cannot take '%s': %s has no place for another argument".formatted(word, name)
                : "Cannot run '%s': there is no such command%s"
                        .formatted(
                                word,
                                hint(
                                        word,
                                        new ArrayList<>(command.getSubcommands().keySet())));
    }

    private static List<String> options(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        return spec.options().stream()
                .filter(option -> !option.hidden())
                .map(option -> option.longestName())
                .toList();
    }

    private static String hint(String word, List<String> known) {
        Optional<String> near = Nearest.to(word, known);
        return near.map(found -> "; did you mean %s?".formatted(found)).orElse("");
    }
}
