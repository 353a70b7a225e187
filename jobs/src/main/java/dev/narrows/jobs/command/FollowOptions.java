package dev.narrows.jobs.command;

import dev.narrows.jobs.folder.RunningFile;
import dev.narrows.jobs.follow.FollowServer;
import dev.narrows.jobs.follow.FollowedStudy;
import dev.narrows.jobs.process.Interrupts;
import dev.narrows.jobs.show.Terminal;
import dev.narrows.study.BadInput;
import dev.narrows.tradeoff.StudyResults;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options that serve a report while its study runs. */
final class FollowOptions {
    private static final int MOST_PORT = 65_535;

    /** Least time between two readings of the journal. */
    private static final long READ_EVERY_MILLIS = 2000;

    /** Longest time for browsers to fetch the last page. */
    private static final long PATIENCE_MILLIS = 10_000;

    @Option(
            names = "--follow",
            description =
                    "serve the report to a browser of this machine, and refresh it until the study ends or Ctrl-C")
    private boolean follow;

    @Option(names = "--port", paramLabel = "PORT", description = "port of --follow (default: a free one)")
    private Optional<Integer> port = Optional.empty();

    /** True if the report is to be served. */
    boolean asked() {
        if (!follow && port.isPresent()) {
            throw new BadInput(
                    "Cannot take --port %d without --follow: only --follow serves the report".formatted(port.get()));
        }
        if (port.filter(number -> number < 0 || number > MOST_PORT).isPresent()) {
            throw new BadInput("Cannot serve the report on port %d: ports are 0 to %,d; 0 stands for a free one"
                    .formatted(port.get(), MOST_PORT));
        }
        return follow;
    }

    /**
     * Serves the report until the study ends or somebody interrupts.
     *
     * @param results reads the results, with their study and its plan
     * @param opened callback with the address
     * @return exit code
     */
    int serve(StudyPlace place, Supplier<StudyResults> results, Terminal terminal, Consumer<String> opened)
            throws InterruptedException {
        FollowedStudy study = new FollowedStudy(
                results,
                () -> RunningFile.read(place.folder()).stream()
                        .map(entry -> entry.trial() + " on " + entry.host())
                        .toList(),
                READ_EVERY_MILLIS);
        if (study.isComplete() && !place.folder().driver().isPresent()) {
            throw new BadInput("Cannot follow the study in %s: it is complete; narrows report %s writes its report"
                    .formatted(place.folder(), place));
        }
        CountDownLatch interrupted = new CountDownLatch(1);
        try (FollowServer server = FollowServer.start(study, port.orElse(0));
                Interrupts signals = new Interrupts(interrupted::countDown, () -> {})) {
            terminal.say("Report: %s (Ctrl-C ends it)".formatted(server.address()));
            terminal.say(study.words());
            opened.accept(server.address());
            while (!study.isOver()) {
                if (interrupted.await(READ_EVERY_MILLIS / 2, TimeUnit.MILLISECONDS)) {
                    return Interrupts.EXIT_CODE;
                }
                study.refresh();
            }
            terminal.say(study.words());
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            while (!server.hasToldTheEnd(PATIENCE_MILLIS / 2) && System.nanoTime() - end < 0) {
                if (interrupted.await(READ_EVERY_MILLIS / 10, TimeUnit.MILLISECONDS)) {
                    return Interrupts.EXIT_CODE;
                }
            }
            return 0;
        }
    }
}
