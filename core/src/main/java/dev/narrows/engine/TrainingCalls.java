package dev.narrows.engine;

import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Calls of a loaded module's methods with values of any kind, whose gradients can be recorded.
 *
 * <p>DJL has such calls with tensors alone, or with values in libtorch's inference mode, where nothing can be recorded.
 * Its native method takes both, and no public one leads there.
 */
final class TrainingCalls {
    private final MethodHandle runMethod;
    private final MethodHandle value;

    /** @throws IllegalStateException where DJL has another native method than the version that this was written for */
    TrainingCalls() {
        try {
            Class<?> library = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(library, MethodHandles.lookup());
            MethodHandle method = lookup.findVirtual(
                    library,
                    "moduleRunMethod",
                    MethodType.methodType(
                            long.class, long.class, String.class, long[].class, boolean.class, boolean.class));
            runMethod = method.bindTo(
                    lookup.findStaticGetter(library, "LIB", library).invoke());
            value = MethodHandles.privateLookupIn(IValue.class, MethodHandles.lookup())
                    .findConstructor(IValue.class, MethodType.methodType(void.class, long.class));
        } catch (Throwable e) {
            throw new IllegalStateException("Cannot call modules through this version of DJL: " + e, e);
        }
    }

    /** Calls a method and gives what it returns; the caller closes it. */
    IValue call(PtSymbolBlock block, String method, IValue... arguments) {
        long[] handles = new long[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            handles[i] = arguments[i].getHandle();
        }
        try {
            // In training mode, on the stream of the calling thread.
            long returned = (long) runMethod.invokeExact((long) block.getHandle(), method, handles, true, false);
            return (IValue) value.invokeExact(returned);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
