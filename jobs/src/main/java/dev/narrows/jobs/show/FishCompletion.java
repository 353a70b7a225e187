package dev.narrows.jobs.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish, which picocli has none for. */
public final class FishCompletion {
    private FishCompletion() {}

    /** Lines for the commands, the options of each, and the words that an option or argument takes. */
    public static String script(CommandSpec root) {
        String name = root.name();
        List<String> lines = new ArrayList<>();
        lines.add("# Completions of %s for fish: %s completion fish | source".formatted(name, name));
        for (Map.Entry<String, CommandLine> command : root.subcommands().entrySet()) {
            CommandSpec spec = command.getValue().getCommandSpec();
            if (spec.usageMessage().hidden()) {
                continue;
            }
            lines.add("complete -c %s -n __fish_use_subcommand -f -a %s -d %s"
                    .formatted(name, command.getKey(), ShellWord.of(summary(spec))));
            String within = "complete -c %s -n '__fish_seen_subcommand_from %s'".formatted(name, command.getKey());
            for (OptionSpec option : spec.options()) {
                if (!option.hidden()) {
                    lines.add(within + names(option) + takes(option) + " -d " + ShellWord.of(text(option)));
                }
            }
            for (ArgSpec argument : spec.positionalParameters()) {
                String words = words(argument);
                if (!words.isEmpty()) {
                    lines.add(within + " -f -a " + ShellWord.of(words));
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String names(OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String word : option.names()) {
            names.append(word.startsWith("--") ? " -l " + word.substring(2) : " -s " + word.substring(1));
        }
        return names.toString();
    }

    /** A value that the option needs: the words that it may be, or any file. */
    private static String takes(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        String words = words(option);
        return words.isEmpty() ? " -r" : " -x -a " + ShellWord.of(words);
    }

    private static String words(ArgSpec argument) {
        Object[] constants = argument.type().getEnumConstants();
        if (constants == null) {
            return "";
        }
        List<String> words = new ArrayList<>();
        for (Object constant : constants) {
            words.add(constant.toString());
        }
        return String.join(" ", words);
    }

    private static String summary(CommandSpec spec) {
        String[] header = spec.usageMessage().header();
        return header.length == 0 ? "" : header[0];
    }

    private static String text(OptionSpec option) {
        return String.join(" ", option.description())
                .replaceAll("\\$\\{[A-Z-]+}", "")
                .replace("(default: )", "");
    }
}
