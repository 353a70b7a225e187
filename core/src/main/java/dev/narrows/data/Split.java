package dev.narrows.data;

import dev.narrows.data.random.Seeds;
import dev.narrows.data.source.BadData;
import dev.narrows.data.source.Item;
import dev.narrows.data.source.Source;
import dev.narrows.study.DataSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Images for training, validation and test. Every image is in one part at most.
 *
 * <p>A part that the source lacks is taken from its training images. Every draw is stratified by class and depends only
 * on the split seed. Validation images are drawn before training images, so they do not depend on the number of those.
 *
 * <p>A class is drawn in one order, whatever the number. Fewer images are a subset of more wherever no class's quota
 * falls as the number grows, which the largest remainder does not rule out: of classes of 6, 6 and 2 images, 10 images
 * have 2 of the last and 11 have 1 (the Alabama paradox).
 */
record Split(List<Item> train, List<Item> validation, List<Item> test) {
    /** One image in this many is taken for a missing part unless the study gives a number. */
    private static final int DEFAULT_SHARE = 10;

    /** Number of images in all parts. */
    int size() {
        return Math.addExact(Math.addExact(train.size(), validation.size()), test.size());
    }

    /** @throws BadData if a part has too few images or would be empty */
    static Split of(Source source, DataSpec spec) {
        Draw draw = new Draw(source, spec.splitSeed());
        List<Item> rest = source.train();
        List<Item> test = source.test();
        if (test.isEmpty()) {
            test = draw.heldOut("test", rest, spec.test());
            rest = without(rest, test);
        } else {
            test = draw.part("test", test, spec.test().orElse(test.size()), "test part");
        }
        List<Item> validation = source.validation();
        if (validation.isEmpty()) {
            validation = draw.heldOut("validation", rest, spec.validation());
            rest = without(rest, validation);
        } else {
            validation =
                    draw.part("validation", validation, spec.validation().orElse(validation.size()), "validation part");
        }
        Optional<Integer> asked = spec.train();
        String among = source.validation().isEmpty() ? "train part beside those for validation" : "train part";
        return new Split(draw.part("train", rest, asked.orElse(rest.size()), among), validation, test);
    }

    private static List<Item> without(List<Item> all, List<Item> taken) {
        java.util.Set<Item> gone = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        gone.addAll(taken);
        return all.stream().filter(item -> !gone.contains(item)).toList();
    }

    private record Draw(Source source, long seed) {
        /** Draws a part that the source lacks from its training images: as many as asked, or a tenth. */
        List<Item> heldOut(String name, List<Item> from, Optional<Integer> asked) {
            if (asked.isEmpty() && from.size() < DEFAULT_SHARE) {
                throw new BadData(("Cannot hold out images for data.%s from %s: it has no %s part, and a tenth of the"
                                + " %s left is 0 (set data.%s to a number, such as 1)")
                        .formatted(
                                name,
                                source.name(),
                                name,
                                from.size() == 1 ? "1 training image" : from.size() + " training images",
                                name));
            }
            return part(name, from, asked.orElse(from.size() / DEFAULT_SHARE), "train part");
        }

        /** Draws {@code count} images, stratified by class, and keeps their order. */
        List<Item> part(String name, List<Item> from, int count, String among) {
            if (count > from.size()) {
                throw new BadData("Cannot take %,d images as data.%s from %s: there are %,d in its %s"
                        .formatted(count, name, source.name(), from.size(), among));
            }
            if (count < 1) {
                throw new BadData(
                        "Cannot take %d images as data.%s from %s: at least 1 is needed, and there are %,d in its %s"
                                .formatted(count, name, source.name(), from.size(), among));
            }
            if (count == from.size()) {
                return from;
            }
            int classes = source.classNames().size();
            List<List<Integer>> byClass = new ArrayList<>();
            for (int label = 0; label < classes; label++) {
                byClass.add(new ArrayList<>());
            }
            for (int i = 0; i < from.size(); i++) {
                byClass.get(from.get(i).label()).add(i);
            }
            int[] quotas = quotas(byClass.stream().mapToInt(List::size).toArray(), count);
            List<Integer> chosen = new ArrayList<>(count);
            for (int label = 0; label < classes; label++) {
                int[] members =
                        byClass.get(label).stream().mapToInt(Integer::intValue).toArray();
                UniformRandomProvider generator = Seeds.generator(seed, name, label);
                Seeds.shuffle(generator, members);
                for (int i = 0; i < quotas[label]; i++) {
                    chosen.add(members[i]);
                }
            }
            chosen.sort(null);
            return chosen.stream().map(from::get).toList();
        }
    }

    /** Divides {@code count} in proportion to the sizes by the largest remainder; ties go to the earlier class. */
    static int[] quotas(int[] sizes, int count) {
        long all = Arrays.stream(sizes).asLongStream().sum();
        int[] quotas = new int[sizes.length];
        long[] remainders = new long[sizes.length];
        int given = 0;
        for (int i = 0; i < sizes.length; i++) {
            quotas[i] = (int) ((long) sizes[i] * count / all);
            remainders[i] = (long) sizes[i] * count % all;
            given += quotas[i];
        }
        IntStream.range(0, sizes.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> -remainders[i]))
                .limit(count - given)
                .forEach(i -> quotas[i]++);
        return quotas;
    }
}
