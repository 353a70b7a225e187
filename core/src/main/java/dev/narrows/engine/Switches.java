package dev.narrows.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switches of libtorch that decide whether a GPU gives the same bits twice, and whether its fp32 is fp32. DJL has
 * no name for them, so they are called by the library's own.
 *
 * <p>They are members of {@code at::Context}, of which a process has one. On a processor nothing reads them.
 */
final class Switches {
    private static final Logger LOG = LoggerFactory.getLogger(Switches.class);
    private static final String MEMBER = "_ZN2at7Context";
    private static final String QUESTION = "_ZNK2at7Context";

    private Switches() {}

    /**
     * Same bits each time, and fp32 as IEEE 754 has it: cuDNN takes no algorithm that adds in an order of its own, and
     * neither convolutions nor matrix products round to TF32. To be called once the library is loaded.
     *
     * @param gpu true where there is one: then every operation is asked for its deterministic form, and warns where
     *     it has none
     */
    static void settle(boolean gpu) {
        set("21setDeterministicCuDNNEb", true);
        set("17setAllowTF32CuDNNEb", false);
        set("18setAllowTF32CuBLASEb", false);
        if (gpu) {
            // Filling all new memory with NaN is meant for those who look for bugs.
            set("39setDeterministicFillUninitializedMemoryEb", false);
            set("26setDeterministicAlgorithmsEbb", true, true);
        }
    }

    /** Their state, for rows of a GPU: {@code tf32=off;cudnn=deterministic}, or what is otherwise. */
    static String text() {
        try {
            boolean tf32 = is("14allowTF32CuDNNEv") || is("15allowTF32CuBLASEv");
            return "tf32=%s;cudnn=%s"
                    .formatted(tf32 ? "on" : "off", is("18deterministicCuDNNEv") ? "deterministic" : "free");
        } catch (UnsatisfiedLinkError e) {
            return "tf32=unknown;cudnn=unknown";
        }
    }

    /** A switch that this library lacks leaves the others as they should be; what holds is read back into rows. */
    private static void set(String member, boolean... values) {
        try {
            turn(member, values);
        } catch (UnsatisfiedLinkError e) {
            LOG.warn("Cannot set a switch of libtorch: {}", e.getMessage());
        }
    }

    private static void turn(String member, boolean... values) {
        Object[] arguments = new Object[values.length + 1];
        arguments[0] = context();
        for (int i = 0; i < values.length; i++) {
            arguments[i + 1] = values[i] ? 1 : 0;
        }
        library().getFunction(MEMBER + member).invokeVoid(arguments);
    }

    private static boolean is(String member) {
        // A bool fills the lowest byte alone.
        return (library().getFunction(QUESTION + member).invokeInt(new Object[] {context()}) & 0xFF) != 0;
    }

    private static Pointer context() {
        return library().getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
    }

    /** The library that DJL has loaded already: the loader gives the same one again by its name. */
    private static NativeLibrary library() {
        return NativeLibrary.getInstance("libtorch_cpu.so");
    }
}
