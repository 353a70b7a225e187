package dev.narrows.data.random;

import dev.narrows.data.image.DecodedImage;
import dev.narrows.net.Shape;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Elastic deformation: normally distributed displacements on a 3x3 grid from border to border, interpolated by cubics
 * (Catmull and Rom, 1974). An image continues beyond its borders as its mirror image.
 *
 * <p>Source: Ronneberger, Fischer and Brox, "U-Net", MICCAI 2015, section 3.1, after Simard, Steinkraus and Platt,
 * "Best Practices for Convolutional Neural Networks", ICDAR 2003.
 */
final class Elastic {
    private static final int POINTS = 3;

    private final int rows;
    private final int columns;
    private final double deviation;
    private final ZigguratSampler.NormalizedGaussian normal;
    private final double[][] rowWeights;
    private final double[][] columnWeights;
    private final double[] down = new double[POINTS * POINTS];
    private final double[] right = new double[POINTS * POINTS];

    Elastic(Shape shape, double deviation, UniformRandomProvider generator) {
        rows = shape.height();
        columns = shape.width();
        this.deviation = deviation;
        normal = ZigguratSampler.NormalizedGaussian.of(generator);
        rowWeights = weights(rows);
        columnWeights = weights(columns);
    }

    /** Weights of the three grid points at each position of a side. */
    private static double[][] weights(int length) {
        double[][] weights = new double[length][];
        for (int place = 0; place < length; place++) {
            double along = length == 1 ? 1 : (double) place * (POINTS - 1) / (length - 1);
            boolean second = along >= 1;
            double t = second ? along - 1 : along;
            double before = ((2 - t) * t - 1) * t / 2;
            double first = ((3 * t - 5) * t * t + 2) / 2;
            double next = ((4 - 3 * t) * t + 1) * t / 2;
            double after = (t - 1) * t * t / 2;
            // The line through the last two points continues beyond the ends.
            weights[place] = second
                    ? new double[] {before, first - after, next + 2 * after}
                    : new double[] {first + 2 * before, next - before, after};
        }
        return weights;
    }

    /** Draws the displacements of the next image. */
    void next() {
        for (int point = 0; point < down.length; point++) {
            down[point] = deviation * normal.sample();
            right[point] = deviation * normal.sample();
        }
    }

    /** Deforms an image; between pixels, it takes the nearest pixel or interpolates bilinearly. */
    void deform(byte[] pixels, byte[] into, int depth, boolean nearest) {
        double[] downOfRow = new double[POINTS];
        double[] rightOfRow = new double[POINTS];
        for (int y = 0; y < rows; y++) {
            for (int j = 0; j < POINTS; j++) {
                downOfRow[j] = 0;
                rightOfRow[j] = 0;
                for (int i = 0; i < POINTS; i++) {
                    downOfRow[j] += rowWeights[y][i] * down[i * POINTS + j];
                    rightOfRow[j] += rowWeights[y][i] * right[i * POINTS + j];
                }
            }
            for (int x = 0; x < columns; x++) {
                double fromY = y + dot(columnWeights[x], downOfRow);
                double fromX = x + dot(columnWeights[x], rightOfRow);
                int at = (y * columns + x) * depth;
                if (nearest) {
                    int from = place((int) Math.rint(fromY), (int) Math.rint(fromX)) * depth;
                    System.arraycopy(pixels, from, into, at, depth);
                } else {
                    blend(pixels, fromY, fromX, into, at, depth);
                }
            }
        }
    }

    private static double dot(double[] weights, double[] values) {
        return weights[0] * values[0] + weights[1] * values[1] + weights[2] * values[2];
    }

    private void blend(byte[] pixels, double fromY, double fromX, byte[] into, int at, int depth) {
        int top = (int) Math.floor(fromY);
        int left = (int) Math.floor(fromX);
        double low = fromY - top;
        double far = fromX - left;
        int topLeft = place(top, left) * depth;
        int topRight = place(top, left + 1) * depth;
        int bottomLeft = place(top + 1, left) * depth;
        int bottomRight = place(top + 1, left + 1) * depth;
        for (int channel = 0; channel < depth; channel++) {
            double upper = (1 - far) * (pixels[topLeft + channel] & 0xFF) + far * (pixels[topRight + channel] & 0xFF);
            double lower =
                    (1 - far) * (pixels[bottomLeft + channel] & 0xFF) + far * (pixels[bottomRight + channel] & 0xFF);
            into[at + channel] = (byte) Math.round((1 - low) * upper + low * lower);
        }
    }

    private int place(int y, int x) {
        return DecodedImage.mirrored(y, rows) * columns + DecodedImage.mirrored(x, columns);
    }
}
