package dev.narrows.data;

import dev.narrows.data.image.DecodedImage;
import dev.narrows.data.image.Decoder;
import dev.narrows.data.source.BadData;
import dev.narrows.data.source.Item;
import dev.narrows.data.source.LongReading;
import dev.narrows.data.source.Source;
import dev.narrows.net.Shape;
import dev.narrows.study.Preparation;
import dev.narrows.study.Size;
import dev.narrows.study.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes and prepares the images of a source, on all processors, into bytes off the heap. */
final class Decoding {
    private static final Logger LOG = LoggerFactory.getLogger(Decoding.class);

    /** Large enough to hide a decoder's start, small enough that processors finish together. */
    private static final int BYTES_PER_TASK = 1 << 20;

    private static final int MOST_TOLD = 5;

    private final Source source;
    private final Preparation preparation;
    private final Shape whole;
    private final Shape sample;
    /** The class of each mask value, or {@link Samples#NO_CLASS}. */
    private final byte[] classes = new byte[256];

    private Decoding(Source source, Preparation preparation, Shape whole, Shape sample) {
        this.source = source;
        this.preparation = preparation;
        this.whole = whole;
        this.sample = sample;
        Arrays.fill(classes, Samples.NO_CLASS);
        for (int value : source.maskValues()) {
            classes[value] = (byte) source.maskValues().indexOf(value);
        }
    }

    /**
     * Looks at the first image. All others must have its shape unless the study gives a size.
     *
     * @throws BadData if it cannot be read, or does not divide into whole patches
     */
    static Decoding of(Source source, Preparation preparation, List<Item> items) {
        Shape first = first(source, preparation, items);
        Size size = preparation.size();
        int channels = switch (preparation.colour()) {
            case AUTO -> first.channels();
            case GREY -> 1;
            case RGB -> 3;
        };
        Shape whole = size.given() ? new Shape(channels, size.height(), size.width()) : first.withChannels(channels);
        Size patch = preparation.patch();
        if (!patch.given()) {
            return new Decoding(source, preparation, whole, whole);
        }
        if (whole.height() % patch.height() != 0 || whole.width() % patch.width() != 0) {
            throw new BadData(("Cannot cut images of %dx%d from %s into patches of %s: height and width must be"
                            + " multiples (data.size with data.fit = pad or crop brings them there)")
                    .formatted(whole.height(), whole.width(), source.name(), patch));
        }
        return new Decoding(source, preparation, whole, new Shape(whole.channels(), patch.height(), patch.width()));
    }

    private static Shape first(Source source, Preparation preparation, List<Item> items) {
        IOException last = new IOException("there is no image");
        String place = source.name();
        for (Item item : items) {
            place = item.place();
            try {
                Shape plain = item.pixels();
                return plain != null ? plain : new Decoder().shape(item.encoded());
            } catch (IOException e) {
                last = e;
                if (preparation.corrupt() == Preparation.Corrupt.REFUSE) {
                    break;
                }
            }
        }
        throw new BadData("Cannot read %s: %s: %s".formatted(source.name(), place, last.getMessage()), last);
    }

    /** The shape of a sample: of a patch, or of a whole image (C, H, W). */
    Shape shape() {
        return sample;
    }

    /** Samples per image. */
    int patches() {
        return Math.toIntExact(whole.positions() / sample.positions());
    }

    /** Bytes per sample, with its mask. */
    long bytes() {
        return sample.elements() + (source.task() == Task.SEGMENTATION ? sample.positions() : 0);
    }

    /** @throws BadData if images cannot be read and are not to be skipped, or have another shape */
    Samples decode(List<Item> items, LongReading reading) {
        int patches = patches();
        int count = Math.multiplyExact(items.size(), patches);
        Destination destination = new Destination(
                Blocks.allocate(Math.toIntExact(sample.elements()), count),
                source.task() == Task.SEGMENTATION ? Blocks.allocate(Math.toIntExact(sample.positions()), count) : null,
                items.size());
        int perTask = (int) Math.max(1, BYTES_PER_TASK / whole.elements());
        int tasks = (items.size() + perTask - 1) / perTask;
        List<String> problems = IntStream.range(0, tasks)
                .parallel()
                .mapToObj(task -> {
                    Decoder decoder = new Decoder();
                    List<String> found = new ArrayList<>();
                    int end = Math.min(items.size(), (task + 1) * perTask);
                    for (int i = task * perTask; i < end; i++) {
                        try {
                            put(decoder, items.get(i), i * patches, destination);
                            destination.read[i] = true;
                        } catch (IOException e) {
                            found.add("%s: %s".formatted(items.get(i).place(), e.getMessage()));
                        }
                    }
                    reading.decoded(end - task * perTask);
                    return found;
                })
                .flatMap(List::stream)
                .toList();
        if (problems.isEmpty()) {
            return samples(items, destination);
        }
        String told = "%,d of %,d images of %s: %s%s"
                .formatted(
                        problems.size(),
                        items.size(),
                        source.name(),
                        String.join("; ", problems.subList(0, Math.min(problems.size(), MOST_TOLD))),
                        problems.size() > MOST_TOLD ? "; …" : "");
        if (preparation.corrupt() == Preparation.Corrupt.REFUSE || problems.size() == items.size()) {
            throw new BadData("Cannot read " + told);
        }
        LOG.warn("Skipped {}", told);
        return samples(items, destination);
    }

    /** Buffers for decoded images. */
    private static final class Destination {
        private final Blocks pixels;
        private final @Nullable Blocks masks;
        /** True for each image that could be read. */
        private final boolean[] read;

        private Destination(Blocks pixels, @Nullable Blocks masks, int images) {
            this.pixels = pixels;
            this.masks = masks;
            this.read = new boolean[images];
        }
    }

    /** The images that were read, without gaps. */
    private Samples samples(List<Item> items, Destination destination) {
        int patches = patches();
        int[] labels = new int[items.size() * patches];
        byte[] pixels = new byte[Math.toIntExact(sample.elements())];
        byte[] mask = new byte[Math.toIntExact(sample.positions())];
        int kept = 0;
        for (int i = 0; i < items.size(); i++) {
            for (int from = i * patches; destination.read[i] && from < (i + 1) * patches; from++) {
                if (from != kept) {
                    destination.pixels.copy(from, pixels, 0);
                    destination.pixels.put(kept, pixels);
                    if (destination.masks != null) {
                        destination.masks.copy(from, mask, 0);
                        destination.masks.put(kept, mask);
                    }
                }
                labels[kept++] = items.get(i).label();
            }
        }
        return destination.masks == null
                ? Samples.labelled(sample, destination.pixels, Arrays.copyOf(labels, kept))
                : Samples.masked(sample, kept, destination.pixels, destination.masks);
    }

    private void put(Decoder decoder, Item item, int first, Destination destination) throws IOException {
        DecodedImage image = image(decoder, item);
        int at = first;
        if (destination.masks != null) {
            for (DecodedImage patch : mask(decoder, item, image.size()).patches(preparation.patch())) {
                destination.masks.put(at++, patch.pixels());
            }
        }
        at = first;
        for (DecodedImage patch : fitted(image, false).patches(preparation.patch())) {
            destination.pixels.put(at++, patch.pixels());
        }
    }

    private DecodedImage fitted(DecodedImage picture, boolean nearest) throws IOException {
        return preparation.size().given() ? picture.fitted(preparation.size(), preparation.fit(), nearest) : picture;
    }

    /** An image as it is stored. */
    static DecodedImage picture(Decoder decoder, Item item) throws IOException {
        Shape plain = item.pixels();
        return plain != null ? new DecodedImage(plain, item.bytes()) : decoder.picture(item.encoded());
    }

    /**
     * The reason why an image cannot stand beside the first; empty where it can.
     *
     * @param found its shape
     */
    Optional<String> unlike(Shape found) {
        boolean channels = found.channels() == whole.channels()
                || found.channels() == 1
                || preparation.colour() != Preparation.Colour.AUTO;
        if (!channels && preparation.size().given()) {
            return Optional.of("it is in colour where the first image is grey (data.colour makes all alike)");
        }
        boolean size =
                preparation.size().given() || (found.height() == whole.height() && found.width() == whole.width());
        return channels && size
                ? Optional.empty()
                : Optional.of("it is %s where the first image is %s%s"
                        .formatted(
                                found,
                                whole,
                                channels
                                        ? " (data.size brings all to one)"
                                        : " (data.colour makes all grey or coloured)"));
    }

    /**
     * Prepares an image as {@link #decode} does, and keeps nothing.
     *
     * @param picture of the item, as it is stored
     * @throws IOException if it has no mask that fits, or cannot be brought to the size of the study
     */
    void check(Decoder decoder, Item item, DecodedImage picture) throws IOException {
        if (source.task() == Task.SEGMENTATION) {
            mask(decoder, item, picture.size());
        }
        if (preparation.size().given() && preparation.fit() != Preparation.Fit.RESIZE) {
            fitted(picture, false);
        }
    }

    /** True where images have masks instead of labels. */
    boolean masked() {
        return source.task() == Task.SEGMENTATION;
    }

    /** True where one image that cannot be used stops a study. */
    boolean refuses() {
        return preparation.corrupt() == Preparation.Corrupt.REFUSE;
    }

    /** An image with the common number of channels; still in its own size if the study gives one. */
    private DecodedImage image(Decoder decoder, Item item) throws IOException {
        DecodedImage image = picture(decoder, item);
        Optional<String> unlike = unlike(image.shape());
        if (unlike.isPresent()) {
            throw new IOException(unlike.get());
        }
        return image.withChannels(whole.channels());
    }

    /** The mask of an image, with class numbers for its values. */
    private DecodedImage mask(Decoder decoder, Item item, Size size) throws IOException {
        byte @Nullable [] bytes = item.mask();
        if (bytes == null) {
            throw new IOException("it has no mask");
        }
        DecodedImage mask = item.pixels() != null
                ? new DecodedImage(new Shape(1, size.height(), size.width()), bytes)
                : decoder.mask(bytes);
        if (!mask.size().equals(size)) {
            throw new IOException("its mask is %s where the image is %s".formatted(mask.size(), size));
        }
        DecodedImage fitted = fitted(mask, true);
        byte[] taught = new byte[fitted.pixels().length];
        for (int i = 0; i < taught.length; i++) {
            taught[i] = classes[fitted.pixels()[i] & 0xFF];
        }
        return new DecodedImage(fitted.shape(), taught);
    }
}
