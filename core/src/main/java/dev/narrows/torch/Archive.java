package dev.narrows.torch;

import dev.narrows.program.Program;
import dev.narrows.program.TensorShape;
import dev.narrows.program.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import net.razorvine.pickle.IObjectPickler;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.Pickler;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript archive: the file that {@code torch.jit.load} and DJL read.
 *
 * <p>It is a zip of stored entries: the module's class in {@code code/__torch__.py}, its attributes in
 * {@code data.pkl} (pickle protocol 2, tensors by reference), and the tensors' little-endian floats in
 * {@code data/0 …}.
 */
public final class Archive {
    /** The folder that every entry lies in; the reader takes whichever it finds. */
    private static final String ROOT = "narrows/";

    /** File format version; below 10 the reader replaces today's {@code gelu} by an older one without its argument. */
    private static final String VERSION = "10\n";

    private Archive() {}

    /** An attribute of the module: a tensor with its values in the order of its shape, outermost first. */
    record Attribute(String name, TensorShape shape, boolean trainable, FloatBuffer values) {}

    /** The parameters of a program as attributes, in their order. */
    static List<Attribute> attributes(Program program, Weights weights) {
        return program.parameters().stream()
                .map(parameter -> new Attribute(
                        parameter.name(),
                        parameter.shape(),
                        parameter.role().trainable(),
                        FloatBuffer.wrap(weights.get(parameter))))
                .toList();
    }

    /** The archive of a module of these attributes, whose methods are written in TorchScript. */
    static byte[] of(List<Attribute> attributes, String methods) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "data.pkl", pickle(attributes));
            store(zip, "code/__torch__.py", code(attributes, methods).getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < attributes.size(); i++) {
                store(zip, "data/" + i, floats(attributes.get(i)));
            }
            store(zip, "constants.pkl", new Pickler().dumps(new Object[0]));
            store(zip, "version", VERSION.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        // The same network gives the same bytes, whenever it is written.
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static String code(List<Attribute> attributes, String methods) {
        StringBuilder code = new StringBuilder("class Net(Module):\n");
        code.append("  __parameters__ = [");
        attributes.stream()
                .filter(Attribute::trainable)
                .forEach(a -> code.append('"').append(a.name()).append("\", "));
        code.append("]\n  __buffers__ = [");
        attributes.stream()
                .filter(a -> !a.trainable())
                .forEach(a -> code.append('"').append(a.name()).append("\", "));
        code.append("]\n  training : bool\n");
        attributes.forEach(a -> code.append("  ").append(a.name()).append(" : Tensor\n"));
        return code.append(methods).toString();
    }

    /** The values of a tensor in the order in which its strides lay them out. */
    private static byte[] floats(Attribute attribute) {
        FloatBuffer values = attribute.values();
        ByteBuffer buffer = ByteBuffer.allocate(values.limit() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        var floats = buffer.asFloatBuffer();
        if (attribute.shape().isImage()) {
            List<Integer> sizes = attribute.shape().sizes();
            int channels = sizes.get(1);
            int positions = sizes.get(2) * sizes.get(3);
            for (int n = 0; n < sizes.get(0); n++) {
                for (int position = 0; position < positions; position++) {
                    for (int c = 0; c < channels; c++) {
                        floats.put(values.get((n * channels + c) * positions + position));
                    }
                }
            }
        } else {
            floats.put(values.duplicate());
        }
        return buffer.array();
    }

    /**
     * The values of the tensors of an archive that {@link #of} made, each in the order of its shape.
     *
     * @param shapes in the order in which they were written
     * @throws IOException where it is no such archive
     */
    static List<float[]> read(byte[] archive, List<TensorShape> shapes) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        List<float[]> tensors = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            byte[] bytes = entries.get(ROOT + "data/" + i);
            int elements = shapes.get(i).elements();
            if (bytes == null || bytes.length != elements * Float.BYTES) {
                throw new IOException("tensor %d of %d should have %d values and has %s"
                        .formatted(i, shapes.size(), elements, bytes == null ? "none" : bytes.length / Float.BYTES));
            }
            tensors.add(values(
                    shapes.get(i),
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()));
        }
        return tensors;
    }

    /** Values that {@link #floats} laid out by strides, in the order of the shape again. */
    private static float[] values(TensorShape shape, FloatBuffer floats) {
        float[] values = new float[shape.elements()];
        if (!shape.isImage()) {
            floats.get(values);
            return values;
        }
        List<Integer> sizes = shape.sizes();
        int channels = sizes.get(1);
        int positions = sizes.get(2) * sizes.get(3);
        for (int n = 0; n < sizes.get(0); n++) {
            for (int position = 0; position < positions; position++) {
                for (int c = 0; c < channels; c++) {
                    values[(n * channels + c) * positions + position] = floats.get();
                }
            }
        }
        return values;
    }

    private static byte[] pickle(List<Attribute> attributes) throws IOException {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("training", true);
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            List<Object> rebuilt = List.of(
                    new Storage(i, attribute.values().limit()),
                    0,
                    tuple(attribute.shape().sizes()),
                    tuple(attribute.shape().strides()),
                    attribute.trainable(),
                    new Call(new Global("collections", "OrderedDict"), List.of()));
            state.put(attribute.name(), new Call(new Global("torch._utils", "_rebuild_tensor_v2"), rebuilt));
        }
        return new ModulePickler().dumps(new Module(state));
    }

    private static Object[] tuple(List<Integer> numbers) {
        return new ArrayList<Object>(numbers).toArray();
    }

    /** Name in a Python module, as pickle writes it. */
    private record Global(String module, String name) {}

    /** A call whose result is the object. */
    private record Call(Global function, List<Object> arguments) {}

    /** The floats of one tensor, which lie in an entry of their own. */
    private record Storage(int index, int elements) {}

    private record Module(Map<String, Object> state) {}

    private static final class ModulePickler extends Pickler {
        // Memoising compares values, and equal tensors of two layers must not become one.
        private ModulePickler() {
            super(false);
        }

        @Override
        protected @Nullable Object persistentId(Object object) {
            return object instanceof Storage storage
                    ? new Object[] {
                        "storage",
                        new Global("torch", "FloatStorage"),
                        String.valueOf(storage.index()),
                        "cpu",
                        storage.elements()
                    }
                    : null;
        }

        @Override
        protected IObjectPickler getCustomPickler(Class<?> type) {
            if (type == Global.class) {
                return (object, out, pickler) -> global(out, (Global) object);
            }
            if (type == Call.class) {
                return (object, out, pickler) -> {
                    Call call = (Call) object;
                    global(out, call.function());
                    pickler.save(call.arguments().toArray());
                    out.write(Opcodes.REDUCE);
                };
            }
            if (type == Module.class) {
                return (object, out, pickler) -> {
                    global(out, new Global("__torch__", "Net"));
                    out.write(Opcodes.EMPTY_TUPLE);
                    out.write(Opcodes.NEWOBJ);
                    pickler.save(((Module) object).state());
                    out.write(Opcodes.BUILD);
                };
            }
            return super.getCustomPickler(type);
        }

        private static void global(OutputStream out, Global global) throws IOException {
            out.write(Opcodes.GLOBAL);
            out.write((global.module() + "\n" + global.name() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
