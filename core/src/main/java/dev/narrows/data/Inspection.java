package dev.narrows.data;

import dev.narrows.data.image.StoredImage;
import dev.narrows.data.source.LeftOut;
import dev.narrows.net.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of a study before it runs: their description, the origin of each part, and the result of a look at them.
 *
 * @param perClass number of training images of each class; none for masks
 * @param leftOut files of the source that no image comes from
 * @param tooLarge the reason why this process cannot hold the decoded images; empty where it can
 */
public record Inspection(
        Description description,
        Origin train,
        Origin validation,
        Origin test,
        List<Integer> perClass,
        Seen seen,
        List<LeftOut> leftOut,
        Optional<String> tooLarge) {
    public Inspection {
        perClass = List.copyOf(perClass);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * The origin of a part's images.
     *
     * @param images drawn
     * @param from images that the source has for it
     * @param fromTraining true where the source has no such part, so that they are drawn from its training images
     */
    public record Origin(int images, int from, boolean fromTraining) {}

    /**
     * The images that were looked at.
     *
     * @param looked number of them
     * @param of number of images in all parts
     * @param shapes number of each stored shape, the most frequent first
     * @param stored number of each stored form, the most frequent first; without images that are stored as plain pixels
     * @param unread images that cannot be read, or not be prepared as the study asks
     * @param unlike images that can be read, and have another size or other channels than the first
     * @param unusableClasses classes whose training images have all been looked at, and none of them can be used; none
     *     for masks
     * @param emptyPart a part none of whose images can be used, where all were looked at
     */
    public record Seen(
            int looked,
            int of,
            Map<Shape, Integer> shapes,
            Map<StoredImage, Integer> stored,
            Unusable unread,
            Unusable unlike,
            List<Integer> unusableClasses,
            Optional<String> emptyPart) {
        public Seen {
            shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
            stored = Collections.unmodifiableMap(new LinkedHashMap<>(stored));
            unusableClasses = List.copyOf(unusableClasses);
        }

        public boolean all() {
            return looked == of;
        }
    }

    /**
     * Images that cannot be used.
     *
     * @param images number of them
     * @param reasons of the first of them, a line each, with their places
     */
    public record Unusable(int images, List<String> reasons) {
        public Unusable {
            reasons = List.copyOf(reasons);
        }
    }
}
