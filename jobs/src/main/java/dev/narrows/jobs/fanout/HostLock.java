package dev.narrows.jobs.fanout;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;

/** One measurement at a time on a host, whichever process it is in. */
public final class HostLock {
    /** Inside one process a file lock does not wait but throws. */
    private static final ReentrantLock PROCESS = new ReentrantLock();

    private HostLock() {}

    /** Waits until nobody else on this host measures, and then measures. */
    public static <T> T whileHeld(Callable<T> measurement) throws Exception {
        PROCESS.lockInterruptibly();
        try (FileChannel channel = FileChannel.open(
                Path.of(System.getProperty("java.io.tmpdir"), "narrows-latency.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            // Closing the channel gives it back.
            channel.lock();
            return measurement.call();
        } finally {
            PROCESS.unlock();
        }
    }
}
