package dev.narrows.data.image;

import dev.narrows.net.Shape;
import dev.narrows.study.Preparation;
import dev.narrows.study.Size;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A decoded image or mask. */
public final class DecodedImage {
    private final Shape shape;
    private final byte[] pixels;

    /**
     * Keeps the pixels.
     *
     * @param shape (C, H, W)
     * @param pixels with the channel last (H, W, C)
     */
    public DecodedImage(Shape shape, byte[] pixels) {
        this.shape = shape;
        this.pixels = pixels;
    }

    public Shape shape() {
        return shape;
    }

    /** The pixels, not to be changed. */
    public byte[] pixels() {
        return pixels;
    }

    public Size size() {
        return new Size(shape.height(), shape.width());
    }

    /** Converts between grey and colour: grey gives three equal channels, colour gives its brightness. */
    public DecodedImage withChannels(int channels) {
        if (channels == shape.channels()) {
            return this;
        }
        byte[] other = new byte[Math.toIntExact(shape.positions() * channels)];
        for (int i = 0; i < other.length; i++) {
            other[i] = channels == 1 ? brightness(i * shape.channels()) : pixels[i / channels];
        }
        return new DecodedImage(shape.withChannels(channels), other);
    }

    /** Brightness by the weights of ITU-R BT.601, in thousandths, rounded. */
    private byte brightness(int at) {
        return (byte) ((299 * (pixels[at] & 0xFF) + 587 * (pixels[at + 1] & 0xFF) + 114 * (pixels[at + 2] & 0xFF) + 500)
                / 1000);
    }

    /**
     * Fits the image to a size.
     *
     * @param nearest true for values that cannot be interpolated, such as classes
     * @throws IOException if this fit cannot give that size; the message is the reason
     */
    public DecodedImage fitted(Size to, Preparation.Fit fit, boolean nearest) throws IOException {
        if (size().equals(to)) {
            return this;
        }
        return switch (fit) {
            case RESIZE -> resized(to, nearest);
            case PAD -> {
                if (shape.height() > to.height() || shape.width() > to.width()) {
                    throw new IOException(
                            "it is %s, larger than the %s that it would be padded to (take fit = crop or resize)"
                                    .formatted(size(), to));
                }
                yield window((shape.height() - to.height()) / 2, (shape.width() - to.width()) / 2, to);
            }
            case CROP -> {
                if (shape.height() < to.height() || shape.width() < to.width()) {
                    throw new IOException(
                            "it is %s, smaller than the %s that would be cut out of it (take fit = pad or resize)"
                                    .formatted(size(), to));
                }
                yield window((shape.height() - to.height()) / 2, (shape.width() - to.width()) / 2, to);
            }
        };
    }

    /** Cuts a window. The image continues beyond its borders as its mirror image. */
    private DecodedImage window(int top, int left, Size to) {
        int channels = shape.channels();
        byte[] cut = new byte[to.height() * to.width() * channels];
        for (int y = 0; y < to.height(); y++) {
            int row = mirrored(y + top, shape.height()) * shape.width();
            for (int x = 0; x < to.width(); x++) {
                int from = (row + mirrored(x + left, shape.width())) * channels;
                System.arraycopy(pixels, from, cut, (y * to.width() + x) * channels, channels);
            }
        }
        return new DecodedImage(new Shape(channels, to.height(), to.width()), cut);
    }

    /** Reflects a position into 0 to length - 1; the pixel at the border is not repeated. */
    public static int mirrored(int place, int length) {
        if (place >= 0 && place < length) {
            return place;
        }
        int period = Math.max(1, 2 * (length - 1));
        int within = Math.floorMod(place, period);
        return within < length ? within : period - within;
    }

    /** The source pixel that contains the centre of a target pixel. */
    private static int nearest(int place, int from, int to) {
        return (int) ((place + 0.5) * from / to);
    }

    private DecodedImage resized(Size to, boolean nearest) {
        int channels = shape.channels();
        if (nearest) {
            byte[] taken = new byte[to.height() * to.width() * channels];
            for (int y = 0; y < to.height(); y++) {
                int row = nearest(y, shape.height(), to.height()) * shape.width();
                for (int x = 0; x < to.width(); x++) {
                    int from = (row + nearest(x, shape.width(), to.width())) * channels;
                    System.arraycopy(pixels, from, taken, (y * to.width() + x) * channels, channels);
                }
            }
            return new DecodedImage(new Shape(channels, to.height(), to.width()), taken);
        }
        double[] wide = new double[shape.height() * to.width() * channels];
        Weighing across = new Weighing(shape.width(), to.width());
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < to.width(); x++) {
                for (int channel = 0; channel < channels; channel++) {
                    double sum = 0;
                    for (int i = 0; i < across.weights[x].length; i++) {
                        int column = across.first[x] + i;
                        sum += across.weights[x][i]
                                * (pixels[(y * shape.width() + column) * channels + channel] & 0xFF);
                    }
                    wide[(y * to.width() + x) * channels + channel] = sum;
                }
            }
        }
        byte[] scaled = new byte[to.height() * to.width() * channels];
        Weighing down = new Weighing(shape.height(), to.height());
        int stride = to.width() * channels;
        for (int y = 0; y < to.height(); y++) {
            for (int i = 0; i < stride; i++) {
                double sum = 0;
                for (int k = 0; k < down.weights[y].length; k++) {
                    sum += down.weights[y][k] * wide[(down.first[y] + k) * stride + i];
                }
                scaled[y * stride + i] = (byte) Math.min(255, Math.max(0, Math.round(sum)));
            }
        }
        return new DecodedImage(new Shape(channels, to.height(), to.width()), scaled);
    }

    /** Cuts the image into patches, row by row; its sides must be multiples of theirs. */
    public List<DecodedImage> patches(Size patch) {
        if (!patch.given() || patch.equals(size())) {
            return List.of(this);
        }
        List<DecodedImage> cut = new ArrayList<>();
        for (int top = 0; top < shape.height(); top += patch.height()) {
            for (int left = 0; left < shape.width(); left += patch.width()) {
                cut.add(window(top, left, patch));
            }
        }
        return cut;
    }

    /** Triangle filter around the centre of each target pixel, as wide as the larger of a source and a target pixel. */
    private static final class Weighing {
        private final int[] first;
        private final double[][] weights;

        Weighing(int from, int to) {
            first = new int[to];
            weights = new double[to][];
            double scale = (double) from / to;
            double reach = Math.max(1, scale);
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale - 0.5;
                int low = Math.max(0, (int) Math.ceil(centre - reach));
                int high = Math.min(from - 1, (int) Math.floor(centre + reach));
                double[] own = new double[high - low + 1];
                double sum = 0;
                for (int place = low; place <= high; place++) {
                    own[place - low] = Math.max(0, 1 - Math.abs(place - centre) / reach);
                    sum += own[place - low];
                }
                for (int k = 0; k < own.length; k++) {
                    own[k] /= sum;
                }
                first[i] = low;
                weights[i] = own;
            }
        }
    }
}
