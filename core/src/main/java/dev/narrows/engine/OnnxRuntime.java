package dev.narrows.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime, called by the names of its public methods: its jar of 75 MB is on the class path only where a study
 * measures latency in it, and this code compiles without it.
 */
final class OnnxRuntime {
    private static final String PACKAGE = "ai.onnxruntime.";

    private final Class<?> environmentType = type("OrtEnvironment");
    private final Class<?> optionsType = type("OrtSession$SessionOptions");
    private final Object environment = call(method(environmentType, "getEnvironment"), null);
    private final Method run = method(type("OrtSession"), "run", Map.class);
    private final Method size = method(type("OrtSession$Result"), "size");

    static boolean isOnClassPath() {
        try {
            Class.forName(PACKAGE + "OrtEnvironment", false, OnnxRuntime.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    String version() {
        return String.valueOf(call(method(environmentType, "getVersion"), environment));
    }

    /**
     * Settings of a session.
     *
     * @param gpu its number; empty on the processor
     * @param threads inside one operation
     */
    AutoCloseable options(OptionalInt gpu, int threads) {
        try {
            AutoCloseable options = (AutoCloseable) optionsType.getConstructor().newInstance();
            call(method(optionsType, "setIntraOpNumThreads", int.class), options, threads);
            call(method(optionsType, "setInterOpNumThreads", int.class), options, 1);
            gpu.ifPresent(number -> call(method(optionsType, "addCUDA", int.class), options, number));
            return options;
        } catch (ReflectiveOperationException e) {
            throw otherVersion(e);
        }
    }

    AutoCloseable session(byte[] model, AutoCloseable options) {
        return (AutoCloseable)
                call(method(environmentType, "createSession", byte[].class, optionsType), environment, model, options);
    }

    AutoCloseable tensor(FloatBuffer values, long[] shape) {
        Method create = method(type("OnnxTensor"), "createTensor", environmentType, FloatBuffer.class, long[].class);
        return (AutoCloseable) call(create, null, environment, values, shape);
    }

    /** Runs a session once and returns the number of its results. */
    int run(AutoCloseable session, Map<String, AutoCloseable> inputs) {
        try (AutoCloseable results = (AutoCloseable) call(run, session, inputs)) {
            return (int) call(size, results);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(PACKAGE + name, true, OnnxRuntime.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw otherVersion(e);
        }
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw otherVersion(e);
        }
    }

    /** @param on the object, or null for a static method */
    private static Object call(Method method, @Nullable Object on, Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getTargetException();
            throw new IllegalStateException(String.valueOf(cause.getMessage()), cause);
        } catch (IllegalAccessException e) {
            throw otherVersion(e);
        }
    }

    private static IllegalStateException otherVersion(ReflectiveOperationException e) {
        return new IllegalStateException(
                "the ONNX Runtime on the class path is missing or of another version: " + e, e);
    }
}
