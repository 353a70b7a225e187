package dev.narrows.benchmarks;

import dev.narrows.data.random.Seeds;
import dev.narrows.net.Shape;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Pictures that a network can learn to tell apart: noise over a pattern of the class. */
final class Pictures {
    private final float[] images;
    private final long[] labels;

    private Pictures(float[] images, long[] labels) {
        this.images = images;
        this.labels = labels;
    }

    /** N·H·W·C normalised pixels, channel last. */
    float[] images() {
        return images;
    }

    /** The N classes. */
    long[] labels() {
        return labels;
    }

    static Pictures of(int count, Shape shape, int classes, long seed) {
        int length = Math.toIntExact(shape.elements());
        float[][] patterns = new float[classes][length];
        ZigguratSampler.NormalizedGaussian pattern =
                ZigguratSampler.NormalizedGaussian.of(Seeds.generator(0, "patterns", 0));
        for (float[] one : patterns) {
            for (int i = 0; i < length; i++) {
                one[i] = (float) pattern.sample();
            }
        }
        UniformRandomProvider random = Seeds.generator(seed, "pictures", 0);
        ZigguratSampler.NormalizedGaussian noise = ZigguratSampler.NormalizedGaussian.of(random);
        float[] images = new float[count * length];
        long[] labels = new long[count];
        for (int n = 0; n < count; n++) {
            int label = random.nextInt(classes);
            labels[n] = label;
            for (int i = 0; i < length; i++) {
                images[n * length + i] = (float) ((patterns[label][i] + noise.sample()) / Math.sqrt(2));
            }
        }
        return new Pictures(images, labels);
    }

    /** The same with the channels outermost, as (N, C, H, W). */
    float[] channelsFirst(Shape shape) {
        int positions = Math.toIntExact(shape.positions());
        float[] turned = new float[images.length];
        for (int i = 0; i < images.length; i++) {
            int image = i / (positions * shape.channels());
            int position = i / shape.channels() % positions;
            int channel = i % shape.channels();
            turned[(image * shape.channels() + channel) * positions + position] = images[i];
        }
        return turned;
    }
}
