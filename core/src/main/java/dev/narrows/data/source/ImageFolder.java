package dev.narrows.data.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of images for each class, or such folders for training, validation and test. Where no folder with the
 * name of a part has a folder of images in it, all folders are classes, whatever their names.
 */
final class ImageFolder {
    private ImageFolder() {}

    /** @return empty if no file in a folder is an image */
    static Optional<Source> read(String source, SourceFiles files, List<String> paths) {
        List<String> images = paths.stream()
                .filter(path -> path.contains("/"))
                .filter(ImageFolder::isImage)
                .toList();
        if (images.isEmpty()) {
            return Optional.empty();
        }
        List<String> folders = files.folders("");
        List<String> parts = folders.stream()
                .filter(folder -> folder.matches("(?i)train|training|val|valid|validation|test"))
                .filter(folder -> images.stream()
                        .anyMatch(path -> path.startsWith(folder + "/") && path.indexOf('/', folder.length() + 1) > 0))
                .toList();
        if (parts.isEmpty()) {
            Parts all = new Parts();
            all.add(Part.TRAIN, items(files, "", folders, images));
            return Optional.of(
                    all.source(source, folders).withLeftOut(leftOut(files, paths, images, List.of(""), folders)));
        }
        List<String> classes = parts.stream()
                .filter(folder -> Part.of(folder).equals(Optional.of(Part.TRAIN)))
                .flatMap(folder -> files.folders(folder).stream())
                .distinct()
                .sorted()
                .toList();
        Parts all = new Parts();
        for (String folder : parts) {
            List<String> unknown = new ArrayList<>(files.folders(folder));
            unknown.removeAll(classes);
            if (!unknown.isEmpty()) {
                throw new BadData("Cannot use %s: it has the class %s, which is not among those to train on"
                        .formatted(files.name(folder), unknown.get(0)));
            }
            all.add(Part.of(folder).orElseThrow(), items(files, folder + "/", classes, images));
        }
        List<String> under = parts.stream().map(part -> part + "/").toList();
        return Optional.of(all.source(source, classes).withLeftOut(leftOut(files, paths, images, under, classes)));
    }

    /** True for names of the formats that are read. */
    static boolean isImage(String path) {
        return path.toLowerCase(Locale.ROOT).matches(".*\\.(png|jpg|jpeg|bmp|gif|tif|tiff)");
    }

    /** @param under the folders of the parts, each with a slash at its end; one empty word where there are none */
    private static List<LeftOut> leftOut(
            SourceFiles files, List<String> paths, List<String> images, List<String> under, List<String> classes) {
        LeftOut.Files found = new LeftOut.Files();
        Set<String> inFolders = new HashSet<>(images);
        for (String path : paths) {
            if (!isImage(path)) {
                found.add(
                        path,
                        files.unread(path).isPresent()
                                ? "a link to a file or folder that is not there"
                                : "no image format that is read (png, jpg, bmp, gif, tif)");
            } else if (!inFolders.contains(path) || label(path, under, classes) < 0) {
                found.add(path, "in no folder of a class");
            }
        }
        return found.all();
    }

    private static int label(String path, List<String> under, List<String> classes) {
        for (String part : under) {
            if (path.startsWith(part)) {
                String rest = path.substring(part.length());
                return classes.indexOf(rest.substring(0, Math.max(0, rest.indexOf('/'))));
            }
        }
        return -1;
    }

    private static Item item(SourceFiles files, String path, int label) {
        String name = files.name(path);
        return files.unread(path)
                .map(reason -> Item.unread(label, name, reason))
                .orElseGet(() -> Item.ofFile(new StoredFile(files, path), label, name));
    }

    private static List<Item> items(SourceFiles files, String under, List<String> classes, List<String> images) {
        record Found(String path, int label) {}
        List<Found> found = new ArrayList<>();
        for (String path : images) {
            int label = label(path, List.of(under), classes);
            if (label >= 0) {
                found.add(new Found(path, label));
            }
        }
        return found.parallelStream()
                .map(image -> item(files, image.path, image.label))
                .toList();
    }
}
