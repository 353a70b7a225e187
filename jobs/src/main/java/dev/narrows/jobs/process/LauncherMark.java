package dev.narrows.jobs.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that exists while trials run inside this process. If {@code bin/narrows} finds it after the process has gone,
 * a trial killed the process, which is started again.
 */
public final class LauncherMark implements AutoCloseable {
    private final Optional<Path> file =
            Optional.ofNullable(System.getProperty("narrows.running")).map(Path::of);

    private boolean left;

    /** Sets the mark, where there is a launcher that looks for it. */
    public LauncherMark() {
        try {
            if (file.isPresent()) {
                Files.writeString(file.get(), "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the mark for bin/narrows: " + e, e);
        }
    }

    /** Leaves the mark: the process has to end and to be started again. */
    public void leave() {
        left = true;
    }

    /** True where a launcher starts the process again that leaves the mark standing. */
    public static boolean isSeen() {
        return System.getProperty("narrows.running") != null;
    }

    /** The command that started this process, as a person typed it: {@code bin/narrows}. */
    public static String command() {
        return System.getProperty("narrows.command", "narrows");
    }

    /** True where the process is ending: Spark stops while it does. */
    private static boolean isEnding() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            if (file.isPresent() && !left && !isEnding()) {
                Files.deleteIfExists(file.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the mark for bin/narrows: " + e, e);
        }
    }
}
