package dev.narrows.engine;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.data.Batches;
import dev.narrows.data.Normalisation;
import dev.narrows.data.Samples;
import dev.narrows.net.Block;
import dev.narrows.net.Chain;
import dev.narrows.net.Fork;
import dev.narrows.net.Layer;
import dev.narrows.net.Tap;
import dev.narrows.trial.NarrowEnd;
import dev.narrows.trial.NarrowEnds;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what the narrow ends of a trained network lose, on validation images.
 *
 * <p>Batches are merged by their means and centred products (Chan, Golub and LeVeque, 1983), so that no sum of squares
 * has to be subtracted from another.
 */
final class NarrowMeter {
    /**
     * So many images tell a share and a spectrum of some hundred channels to a percent; their positions are many more.
     */
    static final int IMAGES = 256;

    /** Scalars at one tap that are measured at once: they are held in fp64, twice. */
    private static final long SCALARS_AT_ONCE = 4_000_000;

    private final Tap tap;
    private final dev.narrows.net.Shape shape;
    private final double[] mean;
    private final double[] products;
    private long silenced;
    private long rows;

    private NarrowMeter(Tap tap, dev.narrows.net.Shape shape) {
        this.tap = tap;
        this.shape = shape;
        this.mean = new double[shape.channels()];
        this.products = new double[shape.channels() * shape.channels()];
    }

    /**
     * Measures a module with the weights that it has now.
     *
     * @param atOnce images at most in one call
     */
    static NarrowEnds of(
            Module module,
            Layer network,
            dev.narrows.net.Shape input,
            Samples validation,
            Normalisation normalisation,
            int atOnce) {
        List<NarrowMeter> meters = new ArrayList<>();
        find(network, input, meters);
        int images = Math.min(IMAGES, validation.size());
        if (meters.isEmpty()) {
            return new NarrowEnds(List.of(), images);
        }
        long largest =
                meters.stream().mapToLong(meter -> meter.shape.elements()).max().orElseThrow();
        int batch = (int) Math.max(1, Math.min(atOnce, SCALARS_AT_ONCE / largest));
        Batches batches = Batches.evaluation(validation, batch, images);
        try (PtNDManager results = (PtNDManager) module.manager().newSubManager();
                ImageFeed feed = new ImageFeed(module, batches, normalisation)) {
            List<NDList> answers =
                    feed.ask(results, (manager, list, places) -> module.callWith(manager, "measure", list, places));
            for (int i = 0; i < answers.size(); i++) {
                add(meters, batches.count(i), answers.get(i), module.transfers());
            }
        }
        return new NarrowEnds(meters.stream().map(meter -> meter.end(module)).toList(), images);
    }

    private static void add(List<NarrowMeter> meters, int images, NDList measured, Transfers transfers) {
        for (int i = 0; i < meters.size(); i++) {
            meters.get(i)
                    .add(
                            images,
                            transfers.count(measured.get(3 * i)),
                            transfers.doubles(measured.get(3 * i + 1)),
                            transfers.doubles(measured.get(3 * i + 2)));
        }
    }

    private static dev.narrows.net.Shape find(Layer layer, dev.narrows.net.Shape input, List<NarrowMeter> meters) {
        if (layer instanceof Tap tap) {
            meters.add(new NarrowMeter(tap, input));
        } else if (layer instanceof Block block) {
            find(block.body(), input, meters);
        } else if (layer instanceof Fork fork) {
            fork.branches().forEach(branch -> find(branch, input, meters));
        } else if (layer instanceof Chain chain) {
            dev.narrows.net.Shape shape = input;
            for (Layer step : chain.steps()) {
                shape = find(step, shape, meters);
            }
        }
        return layer.output(input);
    }

    private void add(int images, long silencedMore, double[] meanMore, double[] productsMore) {
        silenced += silencedMore;
        long more = images * shape.positions();
        long all = rows + more;
        int channels = mean.length;
        double[] apart = new double[channels];
        for (int c = 0; c < channels; c++) {
            apart[c] = meanMore[c] - mean[c];
        }
        double weight = (double) rows * more / all;
        for (int i = 0; i < products.length; i++) {
            products[i] += productsMore[i] + weight * apart[i / channels] * apart[i % channels];
        }
        for (int c = 0; c < channels; c++) {
            mean[c] += apart[c] * more / all;
        }
        rows = all;
    }

    private NarrowEnd end(Module module) {
        int channels = mean.length;
        try (PtNDManager manager = (PtNDManager) module.manager().newSubManager()) {
            Transfers transfers = module.transfers();
            NDList spectrum = module.call(
                    manager, "spectrum", transfers.upload(manager, products, new Shape(channels, channels)));
            double[] singular = transfers.doubles(spectrum.get(0));
            return new NarrowEnd(tap.name(), channels, (double) silenced / (rows * channels), effectiveRank(singular));
        }
    }

    /** exp of the entropy of the values as shares of their sum (Roy and Vetterli, 2007); 0 where all are 0. */
    static double effectiveRank(double[] singular) {
        double sum = 0;
        for (double value : singular) {
            sum += value;
        }
        if (sum == 0) {
            return 0;
        }
        double entropy = 0;
        for (double value : singular) {
            double share = value / sum;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return Math.exp(entropy);
    }
}
