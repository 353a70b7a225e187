package dev.narrows.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.narrows.net.Shape;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class DecoderTest {
    private final Decoder decoder = new Decoder();

    public static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "png", bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = DecoderTest.class.getResourceAsStream(name)) {
            return stream.readAllBytes();
        }
    }

    private static BufferedImage ofSamples(int type, int bands, int... samples) {
        BufferedImage image = new BufferedImage(2, samples.length / bands / 2, type);
        image.getRaster().setPixels(0, 0, 2, image.getHeight(), samples);
        return image;
    }

    @Test
    void greyComesOutAsItIsStored() throws IOException {
        byte[] image = png(ofSamples(BufferedImage.TYPE_BYTE_GRAY, 1, 0, 1, 100, 255));
        assertThat(decoder.shape(image)).isEqualTo(new Shape(1, 2, 2));
        assertThat(decoder.picture(image).pixels()).containsExactly(0, 1, 100, 255);
    }

    @Test
    void colourComesOutRedFirstAndWithoutTransparency() throws IOException {
        byte[] image = png(ofSamples(BufferedImage.TYPE_INT_ARGB, 4, 1, 2, 3, 0, 4, 5, 6, 255));
        assertThat(decoder.picture(image).pixels()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void greyBecomesThreeEqualChannelsAndColourItsBrightness() {
        DecodedImage grey = new DecodedImage(new Shape(1, 1, 2), new byte[] {7, 9});
        assertThat(grey.withChannels(3).pixels()).containsExactly(7, 7, 7, 9, 9, 9);
        DecodedImage colour = new DecodedImage(new Shape(3, 1, 2), new byte[] {(byte) 255, 0, 0, 10, 20, 30});
        assertThat(colour.withChannels(1).pixels()).containsExactly(76, 18);
        assertThat(colour.withChannels(1).shape()).isEqualTo(new Shape(1, 1, 2));
    }

    @Test
    void aPaletteIsLookedUp() throws IOException {
        byte[] reds = {10, 20};
        byte[] greens = {30, 40};
        byte[] blues = {50, 60};
        BufferedImage image = new BufferedImage(
                2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, reds, greens, blues));
        image.getRaster().setPixels(0, 0, 2, 1, new int[] {1, 0});
        assertThat(decoder.picture(png(image)).pixels()).containsExactly(20, 40, 60, 10, 30, 50);
        BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        bits.getRaster().setPixels(0, 0, 2, 1, new int[] {1, 0});
        assertThat(decoder.shape(png(bits))).isEqualTo(new Shape(1, 1, 2));
        assertThat(decoder.picture(png(bits)).pixels()).containsExactly(255, 0);
    }

    @Test
    void sixteenBitsAreRoundedToEight() throws IOException {
        byte[] image = png(ofSamples(BufferedImage.TYPE_USHORT_GRAY, 1, 0, 65535, 257 * 100, 257 * 100 + 200));
        assertThat(decoder.picture(image).pixels()).containsExactly(0, 255, 100, 101);
    }

    /** Five bits of red, six of green, five of blue. */
    @Test
    void eachChannelIsRoundedFromItsOwnBits() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(ofSamples(BufferedImage.TYPE_USHORT_565_RGB, 3, 31, 63, 31, 16, 32, 0), "bmp", bytes))
                .isTrue();
        assertThat(decoder.picture(bytes.toByteArray()).pixels()).containsExactly(255, 255, 255, 132, 130, 0);
    }

    private static byte[] tiff(int type) throws IOException {
        ComponentColorModel grey = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, Transparency.OPAQUE, type);
        WritableRaster raster = grey.createCompatibleWritableRaster(2, 1);
        raster.setSample(0, 0, 0, 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(grey, raster, false, null), "tiff", bytes))
                .isTrue();
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        DataBuffer.TYPE_FLOAT + ", floating-point numbers of 32 bits",
        DataBuffer.TYPE_DOUBLE + ", floating-point numbers of 64 bits",
        DataBuffer.TYPE_SHORT + ", signed numbers of 16 bits",
        DataBuffer.TYPE_INT + ", whole numbers of 32 bits",
    })
    void samplesWithoutARangeAreRefusedAndNotBlack(int type, String found) throws IOException {
        byte[] image = tiff(type);
        assertThatThrownBy(() -> decoder.picture(image))
                .isInstanceOf(IOException.class)
                .hasMessage("its samples are %s (expected unsigned whole numbers of at most 16 bits)", found);
        assertThat(decoder.picture(tiff(DataBuffer.TYPE_BYTE)).pixels()).containsExactly(1, 0);
        assertThat(decoder.picture(tiff(DataBuffer.TYPE_USHORT)).pixels()).containsExactly(0, 0);
    }

    @Test
    void jpegsInColourAndInCmykAreRead() throws IOException {
        assertThat(decoder.shape(resource("cmyk.jpg"))).isEqualTo(new Shape(3, 6, 8));
        byte[] colour = decoder.picture(resource("colour.jpg")).pixels();
        assertThat(colour[0] & 0xFF).isCloseTo(200, within(3));
        assertThat(colour[1] & 0xFF).isCloseTo(40, within(3));
        assertThat(colour[2] & 0xFF).isCloseTo(90, within(3));
        byte[] red = decoder.picture(resource("cmyk.jpg")).pixels();
        assertThat(red[0] & 0xFF).isGreaterThan(200);
        assertThat(red[1] & 0xFF).isLessThan(80);
        assertThat(red[2] & 0xFF).isLessThan(80);
    }

    @Test
    void whatIsNoImageIsRefused() {
        assertThatThrownBy(() -> decoder.shape(new byte[100]))
                .isInstanceOf(IOException.class)
                .hasMessage("its 100 bytes are no image that can be read");
        assertThatThrownBy(() -> decoder.shape(new byte[0])).hasMessage("its 0 bytes are no image that can be read");
    }

    @Test
    void anImageThatIsCutOffIsRefused() throws IOException {
        byte[] png = png(new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY));
        assertThatThrownBy(() -> decoder.shape(Arrays.copyOf(png, png.length / 2)))
                .isInstanceOf(IOException.class);
        BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        noise.getRaster()
                .setPixels(
                        0,
                        0,
                        64,
                        64,
                        IntStream.range(0, 64 * 64).map(i -> i * 37 % 251).toArray());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(noise, "jpg", bytes);
        byte[] jpeg = bytes.toByteArray();
        assertThat(decoder.shape(jpeg)).isEqualTo(new Shape(1, 64, 64));
        assertThatThrownBy(() -> decoder.shape(Arrays.copyOf(jpeg, jpeg.length * 3 / 4)))
                .isInstanceOf(IOException.class)
                .hasMessage("it is cut off");
    }

    /** A header alone is enough to ask for gigabytes. */
    @Test
    void anImageOfTooManyPixelsIsRefusedUnread() throws IOException {
        byte[] png = png(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY));
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, 50_000).putInt(20, 60_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());
        assertThatThrownBy(() -> decoder.shape(png))
                .isInstanceOf(IOException.class)
                .hasMessage("it is 60000x50000 pixels, more than the 67,108,864 that are allowed");
    }
}
