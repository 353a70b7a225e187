package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words that the command line does not know, and the scripts that keep people from typing them. */
class CommandLineHelpTest {
    @Test
    void aMisspeltCommandOrOptionGetsTheNearest() {
        CommandLineRun command = CommandLineRun.of("rnu", "x.conf");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err())
                .contains("Cannot run 'rnu': there is no such command; did you mean run?")
                .contains("Try 'narrows --help'");
        CommandLineRun option = CommandLineRun.of("best", "x.conf", "--tpo", "3");
        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err())
                .contains("Cannot take --tpo: narrows best has no such option; did you mean --top?")
                .contains("Try 'narrows best --help'");
        assertThat(CommandLineRun.of("best", "x.conf", "y.conf").err())
                .contains("Cannot take 'y.conf': narrows best has no place for another argument");
    }

    @Test
    void completionNamesCommandsAndOptions() {
        for (String shell : new String[] {"bash", "zsh"}) {
            assertThat(CommandLineRun.of("completion", shell).out())
                    .contains("complete -F _complete_narrows")
                    .contains("bashcompinit")
                    .contains("'--retry'");
        }
        String fish = CommandLineRun.of("completion", "fish").out();
        assertThat(fish)
                .contains("complete -c narrows -n __fish_use_subcommand -f -a run -d ")
                .contains("complete -c narrows -n '__fish_seen_subcommand_from run' -l retry -r -d ")
                .contains("-l format -x -a 'text csv json'")
                .contains("complete -c narrows -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'");
        CommandLineRun unknown = CommandLineRun.of("completion", "tcsh");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("bash").contains("zsh").contains("fish");
    }

    @Test
    void everyCommandHasAManualPage(@TempDir Path folder) throws IOException {
        Path pages = folder.resolve("man1");
        CommandLineRun written = CommandLineRun.of("man", "--folder", pages);
        assertThat(written.exitCode()).as(written.err()).isZero();
        try (Stream<Path> files = Files.list(pages)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("narrows.1", "narrows-run.1", "narrows-plan.1", "narrows-doctor.1")
                    .doesNotContain("narrows-man.1");
        }
        String run = Files.readString(pages.resolve("narrows-run.1"));
        assertThat(run)
                .startsWith(".TH \"NARROWS-RUN\" 1 ")
                .contains(".SH NAME\nnarrows\\-run \\- ")
                .contains(".SH SYNOPSIS\nnarrows run ")
                .contains(".TP\n.B \\-\\-retry OUTCOME\n")
                .contains(".SH NOTES\n.nf\nExit code: ")
                .endsWith(".SH SEE ALSO\n.BR narrows (1)\n");
        assertThat(run.lines().filter(line -> line.startsWith(".") && !line.matches("\\.(TH|SH|TP|B|BR|nf|fi)\\b.*")))
                .as("lines that man would take for macros")
                .isEmpty();
        assertThat(CommandLineRun.of("man", "run").out()).isEqualTo(run);
        CommandLineRun unknown = CommandLineRun.of("man", "rnu");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("Cannot print the page of rnu: narrows has no such command");
    }
}
