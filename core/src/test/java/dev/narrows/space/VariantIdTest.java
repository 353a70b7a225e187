package dev.narrows.space;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import org.junit.jupiter.api.Test;

class VariantIdTest {
    private static final Shape INPUT = new Shape(8, 16, 16);
    private static final Layer CONV = Conv.same(8, 8, 3, 1, 1, false);
    private static final Layer RELU = new Activation(Activation.Kind.RELU);

    private static String id(Layer network) {
        return new VariantId().of(network, INPUT);
    }

    @Test
    void chainsNamesAndTapsChangeNothing() {
        String id = id(Chain.of(CONV, RELU));
        assertThat(id(Chain.of(Chain.of(CONV), Chain.identity(), Chain.of(RELU))))
                .isEqualTo(id);
        assertThat(id(new Block("stage 1", Chain.of(CONV, new Tap("narrow"), RELU))))
                .isEqualTo(id);
        assertThat(id(Fork.add(Chain.identity(), Chain.of(CONV))))
                .isEqualTo(id(Fork.add(Chain.of(new Tap("x")), CONV)));
    }

    @Test
    void whatComputesOtherThingsHasAnotherId() {
        List<Layer> networks = List.of(
                Chain.identity(),
                CONV,
                RELU,
                Chain.of(CONV, RELU),
                Chain.of(RELU, CONV),
                Conv.same(8, 8, 3, 1, 1, true),
                Conv.same(8, 8, 3, 1, 2, false),
                Conv.same(8, 8, 3, 2, 1, false),
                Conv.same(8, 8, 5, 1, 1, false),
                new Conv(8, 8, 3, 1, 0, 1, false),
                new TransposedConv(8, 8, 3, 1, false),
                new Norm(Norm.Kind.BATCH, 8),
                new Norm(Norm.Kind.LAYER, 8),
                new Activation(Activation.Kind.RELU6),
                new Activation(Activation.Kind.GELU),
                new Pool(Pool.Kind.MAX, 3, 1, 1),
                new Pool(Pool.Kind.AVERAGE, 3, 1, 1),
                new AdaptivePool(1),
                new AdaptivePool(2),
                new Linear(8, 8, false),
                new Linear(8, 8, true),
                new Flatten(),
                new Upsample(Upsample.Kind.NEAREST, 2),
                new Upsample(Upsample.Kind.BILINEAR, 2),
                new Scale(8, 1e-6),
                new Scale(8, 1),
                new Crop(8, 8),
                new Crop(8, 7),
                Fork.add(CONV, RELU),
                Fork.concat(CONV, RELU),
                Fork.add(CONV, RELU, Chain.identity()),
                Fork.add(Chain.of(CONV, RELU), Chain.identity()),
                Chain.of(Fork.add(CONV, Chain.identity()), RELU));
        assertThat(networks.stream().map(VariantIdTest::id).distinct()).hasSameSizeAs(networks);
        assertThat(new VariantId().of(CONV, new Shape(8, 16, 8))).isNotEqualTo(id(CONV));
    }

    /** Results of years are found again by it. */
    @Test
    void theIdOfANetworkNeverChanges() {
        VariantId ids = new VariantId();
        assertThat(ids.of(Chain.of(CONV, new Norm(Norm.Kind.BATCH, 8), RELU), INPUT))
                .isEqualTo("477803b014d49cc0");
        assertThat(ids.of(Fork.concat(Chain.identity(), new Scale(8, 1e-6), new Pool(Pool.Kind.MAX, 3, 1, 1)), INPUT))
                .isEqualTo("13b4a9a08c9b28c4");
    }
}
