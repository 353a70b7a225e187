package dev.narrows.jobs.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command, in the macros of man(7), from what its {@code --help} prints. */
public final class ManPage {
    /** Wide enough that a sentence stays on one line; man breaks lines itself. */
    private static final int WIDTH = 10_000;

    private final CommandSpec command;
    private final Help help;

    private ManPage(CommandSpec command) {
        this.command = command;
        help = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF));
    }

    /** The page of a command, such as {@code narrows} or its {@code run}. */
    public static String of(CommandSpec command) {
        int width = command.usageMessage().width();
        try {
            command.usageMessage().width(WIDTH);
            return new ManPage(command).page();
        } finally {
            command.usageMessage().width(width);
        }
    }

    /** The name of its file without the section: {@code narrows-run}. */
    public static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private String page() {
        String version = Arrays.stream(command.root().version())
                .findFirst()
                .map(line -> line.replaceFirst(",.*", ""))
                .orElse(command.root().name());
        List<String> lines = new ArrayList<>();
        lines.add(".TH \"%s\" 1 \"\" \"%s\" \"Narrows\"".formatted(name(command).toUpperCase(Locale.ROOT), version));
        lines.add(".SH NAME");
        lines.add("%s \\- %s"
                .formatted(text(name(command)), text(join(command.usageMessage().header()))));
        lines.add(".SH SYNOPSIS");
        lines.add(text(help.synopsis(0).replaceAll("\\s+", " ").strip()));
        section(lines, "DESCRIPTION", help.description());
        List<PositionalParamSpec> arguments = command.positionalParameters().stream()
                .filter(argument -> !argument.hidden())
                .toList();
        if (!arguments.isEmpty()) {
            lines.add(".SH ARGUMENTS");
            arguments.forEach(argument -> entry(lines, argument.paramLabel(), described(argument)));
        }
        List<OptionSpec> options =
                command.options().stream().filter(option -> !option.hidden()).toList();
        lines.add(".SH OPTIONS");
        options.forEach(option -> entry(lines, names(option), described(option)));
        List<CommandSpec> commands = command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(spec -> !spec.usageMessage().hidden())
                .toList();
        if (!commands.isEmpty()) {
            lines.add(".SH COMMANDS");
            commands.forEach(
                    spec -> entry(lines, spec.name(), spec.usageMessage().header()));
        }
        examples(lines);
        lines.add(".SH SEE ALSO");
        Stream<CommandSpec> others = command.parent() == null ? commands.stream() : Stream.of(command.root());
        lines.add(others.map(spec -> ".BR %s (1)".formatted(text(name(spec)))).collect(Collectors.joining(" ,\n")));
        return String.join("\n", lines) + "\n";
    }

    private static String names(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        return String.join(", ", option.names()) + value;
    }

    private static void entry(List<String> lines, String term, String[] description) {
        lines.add(".TP");
        lines.add(".B " + text(term));
        lines.add(text(join(description)));
    }

    private static String[] described(ArgSpec argument) {
        return Arrays.stream(argument.description())
                .map(line -> line.replace("${DEFAULT-VALUE}", argument.defaultValueString()))
                .toArray(String[]::new);
    }

    private static void section(List<String> lines, String title, String content) {
        if (!content.isBlank()) {
            lines.add(".SH " + title);
            content.strip().lines().filter(line -> !line.isBlank()).forEach(line -> lines.add(text(line.strip())));
        }
    }

    /** The end of the help: exit codes as text, and examples as they are typed. */
    private void examples(List<String> lines) {
        String footer = help.footer();
        if (footer.isBlank()) {
            return;
        }
        lines.add(".SH NOTES");
        lines.add(".nf");
        footer.strip().lines().forEach(line -> lines.add(text(line)));
        lines.add(".fi");
    }

    private static String join(String[] sentences) {
        return String.join(" ", sentences).formatted().strip();
    }

    /** Escapes what man would take for a macro or for a hyphen of typography. */
    static String text(String words) {
        String escaped = words.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
