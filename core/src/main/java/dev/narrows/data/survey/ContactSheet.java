package dev.narrows.data.survey;

import dev.narrows.data.image.DecodedImage;
import dev.narrows.data.image.Decoder;
import dev.narrows.data.source.Item;
import dev.narrows.data.source.Source;
import dev.narrows.net.Shape;
import dev.narrows.study.Preparation;
import dev.narrows.study.Size;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sample images of a dataset in one picture. */
final class ContactSheet {
    private static final int COLUMNS = 10;
    private static final int MOST_ROWS = 20;
    private static final int MASK_ROWS = 4;

    /** Pixels of a thumbnail's longer side. */
    private static final int SIDE = 96;

    private static final int MARGIN = 4;
    private static final int WHITE = 0xFFFFFF;

    private final Source source;
    private final Decoder decoder = new Decoder();
    private final List<List<DecodedImage>> rows = new ArrayList<>();

    private ContactSheet(Source source) {
        this.source = source;
    }

    static BufferedImage of(Source source) {
        ContactSheet sheet = new ContactSheet(source);
        switch (source.task()) {
            case CLASSIFICATION -> sheet.labels();
            case SEGMENTATION -> sheet.masks();
        }
        return sheet.drawn();
    }

    private void labels() {
        for (int label = 0; label < Math.min(MOST_ROWS, source.classNames().size()); label++) {
            List<DecodedImage> row = new ArrayList<>();
            for (Item item : source.train()) {
                if (item.label() == label && row.size() < COLUMNS) {
                    add(item, row, List.of());
                }
            }
            rows.add(row);
        }
    }

    private void masks() {
        for (int from = 0; from < Math.min(source.train().size(), MASK_ROWS * COLUMNS); from += COLUMNS) {
            List<DecodedImage> images = new ArrayList<>();
            List<DecodedImage> masks = new ArrayList<>();
            for (Item item :
                    source.train().subList(from, Math.min(source.train().size(), from + COLUMNS))) {
                add(item, images, masks);
            }
            rows.add(images);
            rows.add(masks);
        }
    }

    /** Adds thumbnails of an image and its mask. An image that cannot be read is left out. */
    private void add(Item item, List<DecodedImage> images, List<DecodedImage> masks) {
        try {
            Shape plain = item.pixels();
            DecodedImage image =
                    plain == null ? decoder.picture(item.encoded()) : new DecodedImage(plain, item.bytes());
            Shape shape = image.shape();
            byte @Nullable [] mask = item.mask();
            if (mask != null) {
                DecodedImage values = plain == null
                        ? decoder.mask(mask)
                        : new DecodedImage(new Shape(1, shape.height(), shape.width()), mask);
                masks.add(thumbnail(grey(values)));
            }
            images.add(thumbnail(image));
        } catch (IOException e) {
            // The survey reports this image.
            return;
        }
    }

    /** Shows classes from black to white; positions without a class are black too. */
    private DecodedImage grey(DecodedImage values) {
        byte[] grey = new byte[values.pixels().length];
        for (int i = 0; i < grey.length; i++) {
            int label = Math.max(0, source.maskValues().indexOf(values.pixels()[i] & 0xFF));
            grey[i] = (byte) (255 * label / (source.maskValues().size() - 1));
        }
        return new DecodedImage(values.shape(), grey);
    }

    private static DecodedImage thumbnail(DecodedImage picture) throws IOException {
        Shape shape = picture.shape();
        int longer = Math.max(shape.height(), shape.width());
        Size size = new Size(
                Math.max(1, Math.round((float) SIDE * shape.height() / longer)),
                Math.max(1, Math.round((float) SIDE * shape.width() / longer)));
        return picture.fitted(size, Preparation.Fit.RESIZE, longer < SIDE);
    }

    private BufferedImage drawn() {
        int step = SIDE + MARGIN;
        BufferedImage sheet =
                new BufferedImage(COLUMNS * step + MARGIN, rows.size() * step + MARGIN, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                sheet.setRGB(x, y, WHITE);
            }
        }
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                put(rows.get(row).get(column), sheet, MARGIN + row * step, MARGIN + column * step);
            }
        }
        return sheet;
    }

    private static void put(DecodedImage picture, BufferedImage sheet, int top, int left) {
        Shape shape = picture.shape();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int colour = 0;
                for (int channel = 0; channel < 3; channel++) {
                    int at = (y * shape.width() + x) * shape.channels() + Math.min(channel, shape.channels() - 1);
                    colour = (colour << 8) | (picture.pixels()[at] & 0xFF);
                }
                sheet.setRGB(left + x, top + y, colour);
            }
        }
    }
}
