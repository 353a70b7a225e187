package dev.narrows.data.image;

import dev.narrows.net.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes images into bytes with the channel last. It reuses its readers and must stay on one thread.
 *
 * <p>Grey values stay as stored, because Java's own conversion would apply a colour profile. Samples of 16 bits are
 * rounded to 8; transparency is dropped.
 */
public final class Decoder {
    /** Limit of 64 M pixels: above any photograph, and small enough not to exhaust the memory. */
    private static final long MOST_PIXELS = 1L << 26;

    private final Map<String, List<ImageReader>> readers = new HashMap<>();
    private @Nullable StoredImage stored;

    /** The shape of an encoded image. */
    public Shape shape(byte[] encoded) throws IOException {
        return shape(image(encoded));
    }

    /**
     * The stored form of the image that was decoded last.
     *
     * @throws IllegalStateException before the first
     */
    public StoredImage stored() {
        if (stored == null) {
            throw new IllegalStateException("Cannot describe an image: none has been decoded");
        }
        return stored;
    }

    private static Shape shape(BufferedImage image) {
        return new Shape(isGrey(image) ? 1 : 3, image.getHeight(), image.getWidth());
    }

    /**
     * Decodes an image: grey to one channel, any other to three.
     *
     * @throws IOException if the image cannot be read; the message is the reason
     */
    public DecodedImage picture(byte[] encoded) throws IOException {
        BufferedImage image = image(encoded);
        Shape found = shape(image);
        return new DecodedImage(found, bands(image, found.channels()));
    }

    /**
     * Decodes a mask (1, H, W): its stored grey values or palette indices.
     *
     * @throws IOException if the image cannot be read or has no such values
     */
    public DecodedImage mask(byte[] encoded) throws IOException {
        BufferedImage image = image(encoded);
        boolean palette = image.getColorModel() instanceof IndexColorModel;
        if (!palette && (!isGrey(image) || image.getColorModel().getComponentSize(0) > 8)) {
            throw new IOException(
                    "it is in colour, or has more than 8 bits (expected a grey image of 8 bits, or a palette)");
        }
        byte[] values = new byte[image.getHeight() * image.getWidth()];
        Raster raster = image.getRaster();
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) raster.getSample(i % image.getWidth(), i / image.getWidth(), 0);
        }
        return new DecodedImage(new Shape(1, image.getHeight(), image.getWidth()), values);
    }

    private BufferedImage image(byte[] encoded) throws IOException {
        IOException first = null;
        for (ImageReader reader : readers(encoded)) {
            try {
                return image(encoded, reader);
            } catch (IIOException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null
                ? new IOException("its %,d bytes are no image that can be read".formatted(encoded.length))
                : first;
    }

    private BufferedImage image(byte[] encoded, ImageReader reader) throws IOException {
        List<String> warnings = new ArrayList<>();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            reader.removeAllIIOReadWarningListeners();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.setInput(stream, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height > MOST_PIXELS) {
                throw new IOException(
                        "it is %dx%d pixels, more than the %,d that are allowed".formatted(height, width, MOST_PIXELS));
            }
            BufferedImage image = reader.read(0);
            // The JDK fills the rest of a truncated JPEG with grey and only warns.
            if (warnings.stream().anyMatch(warning -> warning.contains("premature end"))) {
                throw new IOException("it is cut off");
            }
            requireWhole(image);
            stored = StoredImage.of(reader.getFormatName(), image);
            return stored.colours() == StoredImage.Colours.CMYK ? inColour(image) : image;
        } catch (RuntimeException e) {
            throw new IIOException(e.toString(), e);
        } finally {
            reader.setInput(null);
        }
    }

    /**
     * Refuses samples that have no range to map to 8 bits, such as the floating-point numbers of a TIFF.
     *
     * @throws IOException if samples are no unsigned whole numbers of at most 16 bits
     */
    private static void requireWhole(BufferedImage image) throws IOException {
        int bits = IntStream.of(image.getColorModel().getComponentSize()).max().orElse(0);
        String kind = switch (image.getRaster().getTransferType()) {
            case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> "floating-point";
            case DataBuffer.TYPE_SHORT -> "signed";
            default -> bits > Short.SIZE ? "whole" : "";
        };
        if (!kind.isEmpty()) {
            throw new IOException(
                    "its samples are %s numbers of %d bits (expected unsigned whole numbers of at most 16 bits)"
                            .formatted(kind, bits));
        }
    }

    /** Converts a CMYK image to red, green and blue by its own profile. */
    private static BufferedImage inColour(BufferedImage image) {
        BufferedImage colour = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colour.setRGB(x, y, image.getRGB(x, y));
            }
        }
        return colour;
    }

    /** Readers for images with these first bytes. The JDK's readers come first, because they are faster. */
    private List<ImageReader> readers(byte[] encoded) throws IOException {
        if (encoded.length < 4) {
            return List.of();
        }
        String kind = String.format(Locale.ROOT, "%02x%02x", encoded[0], encoded[1]);
        List<ImageReader> known = readers.get(kind);
        if (known != null) {
            return known;
        }
        List<ImageReader> found = new ArrayList<>();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            ImageIO.getImageReaders(stream).forEachRemaining(found::add);
        }
        // WBMP has no magic number: any file that begins with zeros would pass as one.
        found.removeIf(reader -> reader.getClass().getSimpleName().startsWith("WBMP"));
        found.sort(Comparator.comparing(
                (ImageReader reader) -> !reader.getClass().getName().startsWith("com.sun.imageio")));
        if (!found.isEmpty()) {
            readers.put(kind, found);
        }
        return found;
    }

    static boolean isGrey(BufferedImage image) {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return IntStream.range(0, palette.getMapSize())
                    .allMatch(i -> palette.getRed(i) == palette.getGreen(i) && palette.getRed(i) == palette.getBlue(i));
        }
        return image.getColorModel().getNumColorComponents() == 1;
    }

    private static byte[] bands(BufferedImage image, int channels) {
        int height = image.getHeight();
        int width = image.getWidth();
        byte[] pixels = new byte[height * width * channels];
        if (image.getColorModel() instanceof IndexColorModel palette) {
            Raster raster = image.getRaster();
            for (int i = 0; i < height * width; i++) {
                int index = raster.getSample(i % width, i / width, 0);
                for (int channel = 0; channel < channels; channel++) {
                    pixels[i * channels + channel] = (byte) (palette.getRGB(index) >> (16 - 8 * channel));
                }
            }
            return pixels;
        }
        Raster raster = image.getRaster();
        int[] bits = image.getColorModel().getComponentSize();
        int[] row = new int[width * raster.getNumBands()];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    int value = row[x * raster.getNumBands() + channel];
                    pixels[(y * width + x) * channels + channel] =
                            (byte) (bits[channel] == 8 ? value : toEightBits(value, bits[channel]));
                }
            }
        }
        return pixels;
    }

    private static int toEightBits(int value, int bits) {
        long most = (1L << bits) - 1;
        return (int) ((value * 255L + most / 2) / most);
    }
}
