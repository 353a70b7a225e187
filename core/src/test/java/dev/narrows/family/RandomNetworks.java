package dev.narrows.family;

import dev.narrows.net.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Networks over random knobs, every choice of which can be built for its image. */
public final class RandomNetworks {
    private final Random random;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final int stages;

    private RandomNetworks(long seed) {
        this.random = new Random(seed);
        this.stages = 1 + random.nextInt(3);
    }

    /** The names of the nine families. */
    public static List<String> families() {
        return List.copyOf(Families.load().names());
    }

    /** A small network of a family for 28x28x1 or 32x32x3 images. */
    public static Networks.Network of(String family, long seed) {
        RandomNetworks choice = new RandomNetworks(seed);
        Shape input = choice.random.nextBoolean() ? new Shape(1, 28, 28) : new Shape(3, 32, 32);
        Networks.Network defaults = Networks.defaults(family, input, 2 + choice.random.nextInt(9));
        choice.values.putAll(defaults.settings().values());
        choice.choose(family);
        return new Networks.Network(family, new Settings(choice.values), input, defaults.classes());
    }

    private void choose(String family) {
        pick("norm", "batch", "layer", "none");
        pick("activation", "none", "relu", "relu6", "gelu");
        pick("bias", null, true, false);
        if (!family.equals("u-net")) {
            body();
        }
        switch (family) {
            case "plain" -> plain();
            case "residual" -> residual();
            case "bottleneck" -> bottleneck();
            case "inception" -> inception();
            case "depthwise-separable" -> {
                pick("kernel", 3, 5, each(1, 3, 5));
                pick("groups", "depthwise", 1, 2, each("depthwise", 1, 4));
                pick("stem.width", 16, 8, 32);
                pick("width-multiplier", 1, 0.5, 2);
            }
            case "inverted-bottleneck" -> {
                pick("expansion", 1, 2, 6, each(0.5, 1, 4));
                pick("kernel", 3, 5, each(1, 3, 5));
                pick("groups", "depthwise", 1, 2);
                pick("stem.width", 16, 8, 32);
                pick("linear", true, false);
                pick("skip", true, false);
                pick("width-multiplier", 1, 0.5, 1.4);
                pick("head.width", null, 48);
            }
            case "dense" -> {
                pick("growth", 4, 12, each(4, 6, 8));
                pick("bottleneck-size", null, 2, each(1, 4, 2.5));
                pick("compression", 0.5, 1, 0.3);
                pick("pool", "average", "max");
            }
            case "u-net" -> unet();
            case "convnext" -> {
                pick("kernel", 7, 3, each(3, 5, 7));
                pick("expansion", 4, 2, each(1, 2, 0.5));
                pick("layer-scale", null, 1e-6, 1);
                pick("skip", true, false);
                pick("stem.width", null, 24, 32);
            }
            default -> throw new IllegalArgumentException("no random choices for " + family);
        }
    }

    private void body() {
        if (values.containsKey("widths")) {
            values.put("widths", each(8, 16, 24, 32, 64));
        }
        values.put("depths", each(1, 2, 3));
        values.put("strides", each(1, 2));
        pick("stem.width", null, 8, 16, 24);
        pick("stem.kernel", 3, 5);
        pick("stem.padding", null, 1, 2);
        values.put("stem.stride", 1);
        if (random.nextBoolean()) {
            pick("stem.stride", 1, 2);
        } else {
            pick("stem.pool", "none", "max", "average");
        }
        pick("head.pool", 1, 2, null);
        pick("head.hidden", null, List.of(32), List.of(32, 16));
    }

    private void plain() {
        pick("kernel", 1, 3, 5, each(1, 3, 5));
        pick("groups", 1, each(1, 2, 4));
        pick("stem.width", 8, 16, 24);
        pick("pool", "none", "max", "average");
        pick("pool-stride", 1, 2);
        values.put("strides", each(1));
    }

    private void residual() {
        pick("kernel", 1, 3, 5, each(1, 3, 5));
        if (random.nextBoolean()) {
            values.put("mid-ratio", null);
            pick("mid", 5, each(8, 12));
        } else {
            pick("mid-ratio", 1, 0.5, each(0.3, 1.5));
        }
        pick("skip", true, false);
    }

    private void bottleneck() {
        pick("kernel", 1, 3, 5, each(1, 3, 5));
        pick("cardinality", 1, 2, each(1, 2));
        values.put("mid-ratio", null);
        switch (random.nextInt(3)) {
            case 0 -> pick("mid", 8, 12, each(4, 16));
            case 1 -> pick("mid-ratio", 0.25, 0.5, each(0.25, 1, 2));
            default -> pick("width-per-group", 4, each(2, 4));
        }
        pick("skip", true, false);
        pick("shortcut", "projection", "projection", "repeat");
        if ("repeat".equals(values.get("shortcut"))) {
            values.put("widths", new ArrayList<>(List.of(8, 16, 64)).subList(0, stages));
            values.put("stem.width", 8);
        }
    }

    private void inception() {
        pick("shares", List.of(2, 4, 1, 1), List.of(1, 1, 1, 1), List.of(0, 2, 1, 1), List.of(1, 0, 0, 3));
        pick("reduce", true, false);
        pick("reduce-ratio", 0.5, 1.5, each(0.25, 0.75));
        pick("reduce-3x3", null, 0, 6);
        pick("kernel-5x5", 5, 3);
        pick("pool-projection", true, false);
        pick("stem.second-reduce", null, 6);
        pick("stem.second-width", null, 20);
    }

    private void unet() {
        pick("base-width", 4, 8);
        pick("depth", 1, 2);
        pick("convolutions", 1, 2, 3);
        pick("pool", "max", "average");
        pick("up", "transposed", "bilinear", "nearest");
        pick("skip", true, false);
    }

    private void pick(String knob, Object... choices) {
        values.put(knob, choices[random.nextInt(choices.length)]);
    }

    private List<Object> each(Object... choices) {
        List<Object> list = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            list.add(Arrays.asList(choices).get(random.nextInt(choices.length)));
        }
        return list;
    }
}
