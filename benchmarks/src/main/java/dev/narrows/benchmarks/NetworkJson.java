package dev.narrows.benchmarks;

import com.google.gson.GsonBuilder;
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
import dev.narrows.net.Tap;
import dev.narrows.net.TransposedConv;
import dev.narrows.net.Upsample;
import dev.narrows.net.Visitor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A reading of the tree: lists and maps, for the script in Python, which builds the same networks of them. */
public final class NetworkJson implements Visitor<Boolean, Object> {
    private NetworkJson() {}

    /** A network as maps and lists. */
    static Object of(Layer network) {
        return network.accept(new NetworkJson(), true);
    }

    /** Prints every variant. */
    public static void main(String[] arguments) {
        Map<String, Object> networks = new LinkedHashMap<>();
        for (Variant variant : Variant.values()) {
            networks.put(variant.word(), of(variant.network()));
        }
        System.out.println(new GsonBuilder().create().toJson(networks));
    }

    private static Object record(String kind, Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", kind);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    private static UnsupportedOperationException without(Layer layer) {
        return new UnsupportedOperationException("Cannot write %s: no variant has one".formatted(layer));
    }

    @Override
    public Object conv(Conv conv, Boolean argument) {
        return record(
                "conv",
                "in",
                conv.in(),
                "out",
                conv.out(),
                "kernel",
                conv.kernel(),
                "stride",
                conv.stride(),
                "padding",
                conv.padding(),
                "groups",
                conv.groups(),
                "bias",
                conv.bias());
    }

    @Override
    public Object norm(Norm norm, Boolean argument) {
        if (norm.kind() != Norm.Kind.BATCH) {
            throw without(norm);
        }
        return record("batch-norm", "channels", norm.channels());
    }

    @Override
    public Object activation(Activation activation, Boolean argument) {
        return record(activation.kind().name().toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public Object pool(Pool pool, Boolean argument) {
        String kind = switch (pool.kind()) {
            case MAX -> "max-pool";
            case AVERAGE -> "average-pool";
        };
        return record(kind, "kernel", pool.kernel(), "stride", pool.stride(), "padding", pool.padding());
    }

    @Override
    public Object adaptivePool(AdaptivePool pool, Boolean argument) {
        return record("adaptive-pool", "size", pool.size());
    }

    @Override
    public Object linear(Linear linear, Boolean argument) {
        return record("linear", "in", linear.in(), "out", linear.out(), "bias", linear.bias());
    }

    @Override
    public Object flatten(Flatten flatten, Boolean argument) {
        return record("flatten");
    }

    @Override
    public Object tap(Tap tap, Boolean argument) {
        return record("chain", "steps", List.of());
    }

    @Override
    public Object block(Block block, Boolean argument) {
        return block.body().accept(this, argument);
    }

    @Override
    public Object chain(Chain chain, Boolean argument) {
        return record(
                "chain",
                "steps",
                chain.steps().stream().map(step -> step.accept(this, argument)).toList());
    }

    @Override
    public Object fork(Fork fork, Boolean argument) {
        return record(
                fork.merge().name().toLowerCase(java.util.Locale.ROOT),
                "branches",
                fork.branches().stream()
                        .map(branch -> branch.accept(this, argument))
                        .toList());
    }

    @Override
    public Object transposedConv(TransposedConv conv, Boolean argument) {
        throw without(conv);
    }

    @Override
    public Object upsample(Upsample upsample, Boolean argument) {
        throw without(upsample);
    }

    @Override
    public Object scale(Scale scale, Boolean argument) {
        throw without(scale);
    }

    @Override
    public Object crop(Crop crop, Boolean argument) {
        throw without(crop);
    }
}
