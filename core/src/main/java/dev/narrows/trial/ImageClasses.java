package dev.narrows.trial;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Arrays;

/** The class of each image with a label, in the order of the split; kept as bytes, of which a small class needs one. */
public final class ImageClasses implements Serializable {
    private static final long serialVersionUID = 1;

    /** The classes that were read last: trials of one study have the same. */
    private static volatile WeakReference<ImageClasses> last = new WeakReference<>(null);

    private final byte[] bytes;
    private final int images;

    private ImageClasses(byte[] bytes) {
        this.bytes = bytes;
        int count = 0;
        for (Varints.Reader reader = new Varints.Reader(bytes); !reader.atEnd(); reader.next()) {
            count++;
        }
        images = count;
    }

    /** The classes by image. */
    public static ImageClasses of(int[] classes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(classes.length);
        for (int label : classes) {
            Varints.write(out, label);
        }
        return new ImageClasses(out.toByteArray());
    }

    /**
     * The classes that were kept as bytes; equal ones in a row are one object.
     *
     * @throws IllegalArgumentException where the bytes are no classes
     */
    public static ImageClasses of(byte[] bytes) {
        ImageClasses known = last.get();
        if (known != null && Arrays.equals(known.bytes, bytes)) {
            return known;
        }
        ImageClasses read = new ImageClasses(bytes.clone());
        last = new WeakReference<>(read);
        return read;
    }

    /** The bytes to keep. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The class of each image. */
    public int[] byImage() {
        Varints.Reader reader = new Varints.Reader(bytes);
        int[] classes = new int[images];
        for (int image = 0; image < images; image++) {
            classes[image] = reader.next();
        }
        return classes;
    }

    public int images() {
        return images;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageClasses classes && Arrays.equals(bytes, classes.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "classes of %d images".formatted(images);
    }
}
