package dev.narrows.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import dev.narrows.gpu.CudaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unpacking and loading of the engine's native library. */
final class Natives {
    static final String ENGINE = "PyTorch";

    private static final Logger LOG = LoggerFactory.getLogger(Natives.class);

    // glibc's malloc.h
    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_TOP_PAD = -2;
    private static final int M_MMAP_MAX = -4;
    private static final int M_ARENA_MAX = -8;

    /** Fetched from the system at once when the heap must grow: a few large activations. */
    private static final int TOP_PAD_BYTES = 256 << 20;

    private static boolean prepared;
    private static ai.djl.engine.@Nullable Engine loaded;

    private Natives() {}

    /** Sets what the library reads when it is loaded, once a process. */
    static synchronized void prepare() {
        if (prepared) {
            return;
        }
        prepared = true;
        // DJL calls home from some cloud hosts unless it is told not to, and looks for newer models.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
        // Operations of one network run one after another.
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        keepFreedMemory();
        CudaSettings.settle();
    }

    /**
     * Has libc keep what tensors give back. By default each large activation is mapped anew, and a training step pays a
     * page fault for every 4 KiB of it.
     */
    private static void keepFreedMemory() {
        try {
            Function mallopt = NativeLibrary.getInstance("c").getFunction("mallopt");
            set(mallopt, M_ARENA_MAX, 1);
            set(mallopt, M_MMAP_MAX, 0);
            set(mallopt, M_TRIM_THRESHOLD, Integer.MAX_VALUE);
            set(mallopt, M_TOP_PAD, TOP_PAD_BYTES);
        } catch (UnsatisfiedLinkError e) {
            LOG.info("Memory settings of glibc are skipped: {}", e.getMessage());
        }
    }

    private static void set(Function mallopt, int parameter, int value) {
        if (mallopt.invokeInt(new Object[] {parameter, value}) != 1) {
            LOG.info("glibc refused mallopt({}, {})", parameter, value);
        }
    }

    /**
     * Loads the library, once a process; DJL unpacks it at first use. An attempt that failed is made again.
     *
     * @throws UncheckedIOException where the lock of unpacking cannot be had
     */
    static synchronized ai.djl.engine.Engine load() {
        ai.djl.engine.Engine known = loaded;
        if (known == null) {
            known = unpackAndLoad();
            loaded = known;
        }
        return known;
    }

    private static ai.djl.engine.Engine unpackAndLoad() {
        // Two processes that unpack at once delete each other's files.
        try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            LOG.debug("loading the engine under {}", lock);
            return ai.djl.engine.Engine.getEngine(ENGINE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path lockFile() throws IOException {
        Path cache = ai.djl.util.Utils.getCacheDir();
        try {
            Files.createDirectories(cache);
            if (Files.isWritable(cache)) {
                return cache.resolve("narrows.lock");
            }
        } catch (IOException e) {
            LOG.info("{} cannot be written", cache);
        }
        // A user's home may be read-only, as on YARN.
        Path folder = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "narrows-natives"));
        System.setProperty("DJL_CACHE_DIR", folder.toString());
        return folder.resolve("narrows.lock");
    }
}
