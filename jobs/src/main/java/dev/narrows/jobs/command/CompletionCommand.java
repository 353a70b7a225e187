package dev.narrows.jobs.command;

import dev.narrows.jobs.show.FishCompletion;
import dev.narrows.jobs.show.Terminal;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script that completes commands and options in a shell. */
@Command(name = "completion", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {
    /** A shell that a script is made for. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    private final Terminal terminal;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        terminal.out()
                .print(
                        switch (shell) {
                            // The script of picocli serves both: under zsh it loads bashcompinit.
                            case bash, zsh -> AutoComplete.bash(root.getCommandName(), root);
                            case fish -> FishCompletion.script(root.getCommandSpec());
                        });
        terminal.out().flush();
        return 0;
    }
}
