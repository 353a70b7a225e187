package dev.narrows.space;

import dev.narrows.net.Activation;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Crop;
import dev.narrows.net.Flatten;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Norm;
import dev.narrows.net.Pool;
import dev.narrows.net.Scale;
import dev.narrows.net.Shape;
import dev.narrows.net.Tap;
import dev.narrows.net.TransposedConv;
import dev.narrows.net.Upsample;
import dev.narrows.net.Visitor;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Names a network by what it computes: the first 64 bits of the SHA-256 of its canonical bytes.
 *
 * <p>The bytes are the input's shape and then each layer's kind and numbers in their order, big-endian. Chains within
 * chains are as if written out in the outer one, and the names of parts and taps are left out, so that what computes
 * the same is the same however it was put together. Ids stand in results that outlive the program: the bytes of a layer
 * that exists must never change, and a new layer takes a number of its own.
 *
 * <p>An instance serves one thread; it keeps its buffer, as a plan asks for a million ids.
 */
public final class VariantId {
    private static final int END = 0;
    private static final int CONV = 1;
    private static final int TRANSPOSED_CONV = 2;
    private static final int NORM = 3;
    private static final int ACTIVATION = 4;
    private static final int POOL = 5;
    private static final int ADAPTIVE_POOL = 6;
    private static final int LINEAR = 7;
    private static final int FLATTEN = 8;
    private static final int UPSAMPLE = 9;
    private static final int SCALE = 10;
    private static final int CROP = 11;
    private static final int FORK = 12;

    private final MessageDigest digest;
    private final Bytes bytes = new Bytes();
    private final Writing writing = new Writing();

    public VariantId() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has SHA-256", e);
        }
    }

    /** The id as tables hold it: 16 hexadecimal digits. */
    public String of(Layer network, Shape input) {
        return text(number(network, input));
    }

    static String text(long id) {
        return HexFormat.of().toHexDigits(id);
    }

    /** The id as 64 bits. */
    long number(Layer network, Shape input) {
        bytes.length = 0;
        bytes.put(input.channels()).put(input.height()).put(input.width());
        network.accept(writing, bytes).mark(END);
        digest.update(bytes.content, 0, bytes.length);
        byte[] hash = digest.digest();
        long id = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            id = id << 8 | (hash[i] & 0xff);
        }
        return id;
    }

    /** Bytes in the making. */
    private static final class Bytes {
        private byte[] content = new byte[4096];
        private int length;

        Bytes mark(int kind) {
            room(1);
            content[length++] = (byte) kind;
            return this;
        }

        Bytes put(int number) {
            room(Integer.BYTES);
            content[length++] = (byte) (number >>> 24);
            content[length++] = (byte) (number >>> 16);
            content[length++] = (byte) (number >>> 8);
            content[length++] = (byte) number;
            return this;
        }

        Bytes put(boolean flag) {
            return mark(flag ? 1 : 0);
        }

        private void room(int more) {
            if (length + more > content.length) {
                content = Arrays.copyOf(content, 2 * content.length);
            }
        }
    }

    /**
     * Writes each layer behind the one before. The numbers of enum constants are written out, as their order may
     * change.
     */
    private static final class Writing implements Visitor<Bytes, Bytes> {
        @Override
        public Bytes conv(Conv conv, Bytes to) {
            return to.mark(CONV)
                    .put(conv.in())
                    .put(conv.out())
                    .put(conv.kernel())
                    .put(conv.stride())
                    .put(conv.padding())
                    .put(conv.groups())
                    .put(conv.bias());
        }

        @Override
        public Bytes transposedConv(TransposedConv conv, Bytes to) {
            return to.mark(TRANSPOSED_CONV)
                    .put(conv.in())
                    .put(conv.out())
                    .put(conv.kernel())
                    .put(conv.stride())
                    .put(conv.bias());
        }

        @Override
        public Bytes norm(Norm norm, Bytes to) {
            int kind = switch (norm.kind()) {
                case BATCH -> 1;
                case LAYER -> 2;
            };
            return to.mark(NORM).mark(kind).put(norm.channels());
        }

        @Override
        public Bytes activation(Activation activation, Bytes to) {
            int kind = switch (activation.kind()) {
                case RELU -> 1;
                case RELU6 -> 2;
                case GELU -> 3;
            };
            return to.mark(ACTIVATION).mark(kind);
        }

        @Override
        public Bytes pool(Pool pool, Bytes to) {
            int kind = switch (pool.kind()) {
                case MAX -> 1;
                case AVERAGE -> 2;
            };
            return to.mark(POOL)
                    .mark(kind)
                    .put(pool.kernel())
                    .put(pool.stride())
                    .put(pool.padding());
        }

        @Override
        public Bytes adaptivePool(AdaptivePool pool, Bytes to) {
            return to.mark(ADAPTIVE_POOL).put(pool.size());
        }

        @Override
        public Bytes linear(Linear linear, Bytes to) {
            return to.mark(LINEAR).put(linear.in()).put(linear.out()).put(linear.bias());
        }

        @Override
        public Bytes flatten(Flatten flatten, Bytes to) {
            return to.mark(FLATTEN);
        }

        @Override
        public Bytes upsample(Upsample upsample, Bytes to) {
            int kind = switch (upsample.kind()) {
                case NEAREST -> 1;
                case BILINEAR -> 2;
            };
            return to.mark(UPSAMPLE).mark(kind).put(upsample.factor());
        }

        @Override
        public Bytes scale(Scale scale, Bytes to) {
            long initial = Double.doubleToLongBits(scale.initial());
            return to.mark(SCALE)
                    .put(scale.channels())
                    .put((int) (initial >>> 32))
                    .put((int) initial);
        }

        @Override
        public Bytes crop(Crop crop, Bytes to) {
            return to.mark(CROP).put(crop.height()).put(crop.width());
        }

        @Override
        public Bytes tap(Tap tap, Bytes to) {
            return to;
        }

        @Override
        public Bytes block(Block block, Bytes to) {
            return block.body().accept(this, to);
        }

        @Override
        public Bytes chain(Chain chain, Bytes to) {
            List<Layer> steps = chain.steps();
            for (int i = 0; i < steps.size(); i++) {
                steps.get(i).accept(this, to);
            }
            return to;
        }

        @Override
        public Bytes fork(Fork fork, Bytes to) {
            int merge = switch (fork.merge()) {
                case ADD -> 1;
                case CONCAT -> 2;
            };
            List<Layer> branches = fork.branches();
            to.mark(FORK).mark(merge).put(branches.size());
            for (int i = 0; i < branches.size(); i++) {
                branches.get(i).accept(this, to).mark(END);
            }
            return to;
        }
    }
}
