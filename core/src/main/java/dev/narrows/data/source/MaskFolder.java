package dev.narrows.data.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders {@code images} and {@code masks} beside each other, or such folders for training, validation and test. An
 * image and its mask have the same name, apart from the extension.
 */
final class MaskFolder {
    private static final Pattern IMAGE =
            Pattern.compile("(?i)(?<part>.*/)?images?/(?<name>[^/]+)\\.(png|jpg|jpeg|bmp|gif|tif|tiff)");
    private static final Pattern MASK =
            Pattern.compile("(?i)(?<part>.*/)?masks?/(?<name>[^/]+)\\.(png|bmp|gif|tif|tiff)");

    private MaskFolder() {}

    private record Pair(String image, String mask) {}

    /** @return empty if there are no such folders */
    static Optional<Source> read(String source, SourceFiles files, List<String> paths) {
        Map<String, String> masks = named(MASK, paths);
        Map<String, String> images = named(IMAGE, paths);
        if (masks.isEmpty() || images.isEmpty()) {
            return Optional.empty();
        }
        List<Pair> pairs = new ArrayList<>();
        images.forEach((name, image) -> {
            String mask = masks.get(name);
            if (mask == null) {
                throw new BadData("Cannot use %s: there is no mask of its name beside it".formatted(files.name(image)));
            }
            pairs.add(new Pair(image, mask));
        });
        Parts parts = new Parts();
        for (Part part : Part.values()) {
            parts.add(
                    part,
                    pairs.parallelStream()
                            .filter(pair -> part == part(pair))
                            .map(pair -> item(files, pair))
                            .toList());
        }
        return Optional.of(parts.masked(source).withLeftOut(leftOut(paths, masks, images)));
    }

    /** The part that the folders state: a file may be called {@code test_3.png} in any of them. */
    private static Part part(Pair pair) {
        return Part.of(pair.image.substring(0, pair.image.lastIndexOf('/'))).orElse(Part.TRAIN);
    }

    private static Item item(SourceFiles files, Pair pair) {
        String name = files.name(pair.image);
        return files.unread(pair.image)
                .or(() -> files.unread(pair.mask).map(reason -> "its mask: " + reason))
                .map(reason -> Item.unreadMasked(name, reason))
                .orElseGet(
                        () -> Item.ofFiles(new StoredFile(files, pair.image), new StoredFile(files, pair.mask), name));
    }

    private static List<LeftOut> leftOut(List<String> paths, Map<String, String> masks, Map<String, String> images) {
        LeftOut.Files files = new LeftOut.Files();
        Set<String> used = new HashSet<>(images.values());
        images.keySet().forEach(name -> used.add(String.valueOf(masks.get(name))));
        Set<String> others = new HashSet<>(masks.values());
        for (String path : paths) {
            if (!used.contains(path)) {
                files.add(
                        path,
                        others.contains(path)
                                ? "a mask without an image of its name"
                                : "neither an image nor a mask, by its folder and format");
            }
        }
        return files.all();
    }

    /** Paths by the name that an image and its mask share, in alphabetical order. */
    private static Map<String, String> named(Pattern kind, List<String> paths) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String path : paths) {
            Matcher matcher = kind.matcher(path);
            if (matcher.matches()) {
                named.put(
                        Optional.ofNullable(matcher.group("part")).orElse("")
                                + matcher.group("name").toLowerCase(Locale.ROOT),
                        path);
            }
        }
        return named;
    }
}
