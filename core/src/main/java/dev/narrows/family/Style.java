package dev.narrows.family;

import dev.narrows.net.Activation;
import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Norm;
import java.util.List;
import java.util.Optional;

/**
 * Settings of every convolution of a network: its bias, the norm after it, and the activation after that.
 *
 * @param bias true if convolutions have one; the shift of a norm makes it redundant
 */
public record Style(Optional<Norm.Kind> norm, Optional<Activation> activation, boolean bias) {
    private enum NormWord {
        BATCH,
        LAYER,
        NONE
    }

    private enum ActivationWord {
        NONE,
        RELU,
        RELU6,
        GELU
    }

    private static final Knob<NormWord> NORM =
            Knob.choice("norm", NormWord.class, "Normalisation behind each convolution");
    private static final Knob<ActivationWord> ACTIVATION = Knob.choice(
            "activation", ActivationWord.class, "Function of each scalar behind a convolution and its norm");
    private static final Knob<Optional<Boolean>> BIAS = Knob.flag(
                    "bias", "true: convolutions have a bias; null: only where there is no norm")
            .orNone();

    /** Knobs that {@link #of} reads. */
    public static final List<Knob<?>> KNOBS = List.of(NORM, ACTIVATION, BIAS);

    private static final Optional<Activation> RELU = Optional.of(new Activation(Activation.Kind.RELU));
    private static final Optional<Activation> RELU6 = Optional.of(new Activation(Activation.Kind.RELU6));
    private static final Optional<Activation> GELU = Optional.of(new Activation(Activation.Kind.GELU));

    /** Style for a choice of knobs. */
    public static Style of(Settings settings) {
        Optional<Norm.Kind> norm = switch (settings.get(NORM)) {
            case BATCH -> Optional.of(Norm.Kind.BATCH);
            case LAYER -> Optional.of(Norm.Kind.LAYER);
            case NONE -> Optional.empty();
        };
        Optional<Activation> activation = switch (settings.get(ACTIVATION)) {
            case NONE -> Optional.empty();
            case RELU -> RELU;
            case RELU6 -> RELU6;
            case GELU -> GELU;
        };
        return new Style(norm, activation, settings.get(BIAS).orElse(norm.isEmpty()));
    }

    /**
     * A convolution that keeps height and width, apart from its stride.
     *
     * @throws IllegalArgumentException if the kernel is even, or the groups do not divide the channels
     */
    public Conv conv(int in, int out, int kernel, int stride, int groups) {
        if (kernel % 2 == 0) {
            throw new IllegalArgumentException(
                    "Cannot take kernel = %d: only an odd kernel keeps height and width".formatted(kernel));
        }
        return Conv.same(in, out, kernel, stride, groups, bias);
    }

    /** A 1x1 convolution. */
    public Conv pointwise(int in, int out) {
        return Conv.pointwise(in, out, bias);
    }

    /** Adds a convolution and its norm. */
    public void addNormed(Chain.Builder chain, Conv conv) {
        chain.add(conv);
        addNorm(chain, conv.out());
    }

    /** Adds a convolution, its norm and its activation. */
    public void addActivated(Chain.Builder chain, Conv conv) {
        addNormed(chain, conv);
        addActivation(chain);
    }

    /** Adds the norm alone, for networks with norms first. */
    public void addNorm(Chain.Builder chain, int channels) {
        if (norm.isPresent()) {
            chain.add(new Norm(norm.get(), channels));
        }
    }

    /** Adds the activation alone. */
    public void addActivation(Chain.Builder chain) {
        if (activation.isPresent()) {
            chain.add(activation.get());
        }
    }
}
