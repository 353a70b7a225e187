package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import org.junit.jupiter.api.Test;

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
}
