package dev.narrows.jobs.command;

import dev.narrows.files.Reason;
import dev.narrows.jobs.show.ManPage;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints manual pages, or writes all of them into a folder, for packages. */
@Command(name = "man", resourceBundle = "dev.narrows.jobs.Help", hidden = true, mixinStandardHelpOptions = true)
public final class ManCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "COMMAND",
            description = "the command whose page is printed (default: the page of narrows itself)")
    private Optional<String> command = Optional.empty();

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "folder that gets every page instead, such as share/man/man1")
    private Optional<Path> folder = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ManCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        if (folder.isEmpty()) {
            terminal.out().print(ManPage.of(command.map(this::named).orElse(root)));
            terminal.out().flush();
            return 0;
        }
        if (command.isPresent()) {
            throw new BadInput("Cannot write only the page of %s into %s: --folder gets every page"
                    .formatted(command.get(), folder.get()));
        }
        List<CommandSpec> all = new ArrayList<>(List.of(root));
        root.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(each -> !each.usageMessage().hidden())
                .forEach(all::add);
        try {
            Files.createDirectories(folder.get());
        } catch (IOException e) {
            throw new BadInput("Cannot write manual pages into %s: %s".formatted(folder.get(), Reason.of(e)));
        }
        all.forEach(each -> WholeFile.write(folder.get().resolve(ManPage.name(each) + ".1"), ManPage.of(each)));
        return 0;
    }

    private CommandSpec named(String name) {
        return Optional.ofNullable(spec.root().subcommands().get(name))
                .map(CommandLine::getCommandSpec)
                .orElseThrow(
                        () -> new BadInput("Cannot print the page of %s: narrows has no such command".formatted(name)));
    }
}
