package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import com.sun.jna.NativeLibrary;
import dev.narrows.family.Networks;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Lowering;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.torch.TrainingModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A process of its own that trains each network that it is given for two steps, one after another, and prints by how
 * many bytes its resident memory rose at most.
 *
 * <p>Arguments come in fours: family, images per step, precision, knobs in a study file's words.
 */
final class TrainingMemory {
    static final Shape INPUT = new Shape(3, 32, 32);
    static final int CLASSES = 10;
    static final Optimizer OPTIMIZER = new Optimizer.Sgd(0.9, false, 0);

    private static final int FIELDS = 4;
    private static final int KIB = 1024;
    private static final int STEPS = 2;

    // glibc's malloc.h
    private static final int M_MMAP_THRESHOLD = -3;
    private static final int M_MMAP_MAX = -4;
    private static final int LARGE_BYTES = 128 << 10;

    private TrainingMemory() {}

    public static void main(String[] args) throws IOException {
        Engine engine = Engine.start(1);
        // Each large tensor is mapped by itself and given back when it is freed, so that what is resident is what
        // lives.
        libc("mallopt", M_MMAP_THRESHOLD, LARGE_BYTES);
        libc("mallopt", M_MMAP_MAX, Integer.MAX_VALUE);
        // What is loaded and compiled at first use belongs to no network.
        rise(engine, "bottleneck", 8, Precision.FP32, "{}");
        rise(engine, "bottleneck", 8, Precision.BF16, "{}");
        for (int i = 0; i < args.length; i += FIELDS) {
            Precision precision = Precision.valueOf(args[i + 2].toUpperCase(Locale.ROOT));
            System.out.println(rise(engine, args[i], Integer.parseInt(args[i + 1]), precision, args[i + 3]));
        }
    }

    private static long rise(Engine engine, String family, int batch, Precision precision, String knobs)
            throws IOException {
        Layer network = Networks.defaults(family, INPUT, CLASSES).with(knobs).layer();
        byte[] archive = TrainingModule.of(
                network,
                INPUT,
                Initialisation.of(Lowering.of(network, INPUT), 0),
                Engine.elementType(precision),
                Engine.form("cpu", precision),
                OPTIMIZER,
                0,
                0);
        // What earlier networks gave back in small pieces goes to the system, so that all that this one takes is seen.
        libc("malloc_trim", 0);
        // Makes the peak what is resident now (proc(5)).
        Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        long before = kibibytes("VmRSS:");
        try (PtNDManager manager = engine.manager("cpu");
                Module module = new Module(manager, archive);
                Learner learner = new Learner(
                        module, OPTIMIZER, precision, FamiliesInTheEngineTest.rates(STEPS, 0.01), batch, false)) {
            ByteBuffer pixels = ByteBuffer.allocateDirect(Math.toIntExact(batch * INPUT.elements() * Float.BYTES))
                    .order(ByteOrder.nativeOrder());
            ByteBuffer answers = ByteBuffer.allocateDirect(batch * Long.BYTES).order(ByteOrder.nativeOrder());
            for (int step = 1; step <= STEPS; step++) {
                try (PtNDManager own = (PtNDManager) manager.newSubManager()) {
                    NDArray images = own.create(
                            pixels.clear(),
                            new ai.djl.ndarray.types.Shape(batch, INPUT.height(), INPUT.width(), INPUT.channels()),
                            DataType.FLOAT32);
                    NDArray labels = own.create(answers.clear(), new ai.djl.ndarray.types.Shape(batch), DataType.INT64);
                    learner.learn(images, labels);
                }
            }
        }
        return (kibibytes("VmHWM:") - before) * KIB;
    }

    private static void libc(String function, Object... arguments) {
        if (NativeLibrary.getInstance("c").getFunction(function).invokeInt(arguments) < 0) {
            throw new IllegalStateException(function + " is refused");
        }
    }

    private static long kibibytes(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
