package dev.narrows.gpu;

import com.sun.jna.NativeLibrary;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Functions of a native library, called by name. A function that the library does not have gives nothing: NVIDIA adds
 * and removes functions from version to version.
 *
 * <p>Each call is one that the caller has read in NVIDIA's headers: the wrong arguments would end the process.
 */
final class NativeCalls {
    private static final int SUCCESS = 0;

    private final NativeLibrary library;

    private NativeCalls(NativeLibrary library) {
        this.library = library;
    }

    /** The library of this name or path; empty where the system has none. */
    static Optional<NativeCalls> of(String name) {
        try {
            return Optional.of(new NativeCalls(NativeLibrary.getInstance(name)));
        } catch (LinkageError e) {
            return Optional.empty();
        }
    }

    /** The code that a function returns; empty where there is no such function. */
    OptionalInt code(String function, Object... arguments) {
        try {
            return OptionalInt.of(library.getFunction(function).invokeInt(arguments));
        } catch (LinkageError e) {
            return OptionalInt.empty();
        }
    }

    /** True where the function is there and reports success. */
    boolean succeeds(String function, Object... arguments) {
        OptionalInt code = code(function, arguments);
        return code.isPresent() && code.getAsInt() == SUCCESS;
    }

    /** The number that a function without arguments returns; empty where there is no such function. */
    OptionalLong number(String function) {
        try {
            return OptionalLong.of(library.getFunction(function).invokeLong(new Object[0]));
        } catch (LinkageError e) {
            return OptionalLong.empty();
        }
    }
}
