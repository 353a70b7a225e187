package dev.narrows.jobs.command;

import dev.narrows.jobs.show.Terminal;
import dev.narrows.jobs.workstation.GpuNatives;
import dev.narrows.jobs.workstation.NativesFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code narrows gpu-natives}: installs what {@code --gpus} needs, once a machine. */
@Command(name = "gpu-natives", resourceBundle = "dev.narrows.jobs.Help", mixinStandardHelpOptions = true)
public final class GpuNativesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "where to install it (default: narrows/gpu-natives in XDG_DATA_HOME or ~/.local/share)")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--python",
            paramLabel = "PYTHON",
            defaultValue = "python3",
            description = "a Python of version 3.9 to 3.13 with venv (default: ${DEFAULT-VALUE})")
    private String python = "python3";

    @Option(names = "--dry-run", description = "say what would be done, and do nothing")
    private boolean dryRun;

    public GpuNativesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path note = GpuNatives.note(System.getenv());
        NativesFolder natives = NativesFolder.of(folder.orElseGet(() -> NativesFolder.usual(System.getenv())), note);
        if (natives.isNoted()) {
            terminal.say("PyTorch %s for CUDA is installed in %s, as %s says"
                    .formatted(GpuNatives.VERSION, natives.environment(), note));
            return 0;
        }
        natives.check(python);
        terminal.say(natives.plan(python));
        if (dryRun) {
            terminal.say("Nothing was done (--dry-run)");
            return 0;
        }
        natives.install(python, terminal::note);
        terminal.say("PyTorch %s for CUDA is installed; %s says where".formatted(GpuNatives.VERSION, note));
        terminal.say("Next: narrows doctor --gpus all");
        return 0;
    }
}
