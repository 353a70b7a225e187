package dev.narrows.data;

import java.util.List;

/** Normalisation of pixels from 0 to 255: ((pixel / 255) − mean) / deviation, by channel. */
public final class Normalisation {
    private static final int LEVELS = 256;

    private final float[] levels;
    private final int channels;

    private Normalisation(float[] levels, int channels) {
        this.levels = levels;
        this.channels = channels;
    }

    /** Normalises by a dataset's own figures, which are those of its training images. */
    public static Normalisation of(Dataset dataset) {
        return of(dataset.mean(), dataset.deviation());
    }

    /**
     * Normalises by the mean and deviation of each channel, of pixels from 0 to 1. A channel with deviation 0 keeps its
     * scale.
     */
    public static Normalisation of(List<Double> mean, List<Double> deviation) {
        if (mean.isEmpty() || mean.size() != deviation.size()) {
            throw new IllegalArgumentException("Cannot normalise by %d means and %d deviations: one each a channel"
                    .formatted(mean.size(), deviation.size()));
        }
        float[] levels = new float[mean.size() * LEVELS];
        for (int channel = 0; channel < mean.size(); channel++) {
            double scale = divisor(deviation.get(channel));
            for (int level = 0; level < LEVELS; level++) {
                levels[channel * LEVELS + level] = (float) ((level / 255.0 - mean.get(channel)) / scale);
            }
        }
        return new Normalisation(levels, mean.size());
    }

    /** The divisor of each channel for a dataset, which differs from the deviation where a channel is constant. */
    public static List<Double> divisors(Dataset dataset) {
        return dataset.deviation().stream().map(Normalisation::divisor).toList();
    }

    private static double divisor(double deviation) {
        return deviation > 0 ? deviation : 1;
    }

    public int channels() {
        return channels;
    }

    /** The number of each of the 256 levels of each channel, channel by channel. */
    public float[] levels() {
        return levels.clone();
    }
}
