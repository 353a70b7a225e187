package dev.narrows.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mean and standard deviation of each channel, of pixels from 0 to 1.
 *
 * <p>Both come from counts of the 256 levels, so they do not depend on the order of the images.
 */
public record ChannelFigures(List<Double> mean, List<Double> deviation) {
    private static final int LEVELS = 256;

    static ChannelFigures of(Samples samples) {
        int channels = samples.shape().channels();
        long[][] counts = new long[channels][LEVELS];
        byte[] pixels = new byte[Math.toIntExact(samples.shape().elements())];
        for (int image = 0; image < samples.size(); image++) {
            samples.copy(image, pixels, 0);
            for (int channel = 0; channel < channels; channel++) {
                long[] levels = counts[channel];
                for (int i = channel; i < pixels.length; i += channels) {
                    levels[pixels[i] & 0xFF]++;
                }
            }
        }
        return of(counts);
    }

    /** Figures from the count of each level in each channel. */
    public static ChannelFigures of(long[][] counts) {
        List<Double> mean = new ArrayList<>();
        List<Double> deviation = new ArrayList<>();
        for (long[] levels : counts) {
            double all = Math.max(1, Arrays.stream(levels).sum());
            double sum = 0;
            double squares = 0;
            for (int level = 0; level < LEVELS; level++) {
                sum += levels[level] * (double) level;
                squares += levels[level] * (double) level * level;
            }
            double average = sum / all;
            mean.add(average / 255);
            deviation.add(Math.sqrt(Math.max(0, squares / all - average * average)) / 255);
        }
        return new ChannelFigures(mean, deviation);
    }
}
