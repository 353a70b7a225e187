package dev.narrows.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.Serializable;
import java.util.Locale;

/**
 * An image as its file stores it, before anything is converted.
 *
 * @param format as its reader calls it, in capitals: {@code PNG}, {@code JPEG}
 * @param bits of a sample
 * @param transparent true where it has an alpha channel
 */
public record StoredImage(String format, Colours colours, int bits, boolean transparent) implements Serializable {
    /** The colours of an image. */
    public enum Colours {
        GREY,
        RGB,
        CMYK
    }

    static StoredImage of(String format, BufferedImage image) {
        int components = image.getColorModel().getNumColorComponents();
        boolean grey = Decoder.isGrey(image);
        boolean palette = image.getColorModel() instanceof IndexColorModel;
        return new StoredImage(
                format.toUpperCase(Locale.ROOT),
                grey ? Colours.GREY : components > 3 ? Colours.CMYK : Colours.RGB,
                palette ? Byte.SIZE : image.getColorModel().getComponentSize(0),
                image.getColorModel().hasAlpha());
    }
}
