package dev.narrows.jobs.preflight;

import dev.narrows.data.Inspection;
import dev.narrows.data.image.StoredImage;
import dev.narrows.data.image.StoredImage.Colours;
import dev.narrows.jobs.preflight.Finding.Severity;
import dev.narrows.jobs.preflight.Finding.Topic;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Preparation;
import dev.narrows.study.Size;
import dev.narrows.study.Study;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Findings of a look at images: what they are, what is converted, and which cannot be used. */
final class LookFindings {
    private static final int SHAPES_TOLD = 5;

    private final Study study;
    private final DataSpec spec;
    private final Inspection.Seen seen;
    private final int channels;

    LookFindings(Study study, DataSpec spec, Inspection images) {
        this.study = study;
        this.spec = spec;
        this.seen = images.seen();
        this.channels = images.description().shape().channels();
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        findings.add(looked());
        convert(findings, form -> form.colours() == Colours.CMYK, "in CMYK %s converted to RGB");
        convert(findings, form -> form.bits() > Byte.SIZE, "of more than 8 bits %s rounded to 8");
        convert(findings, StoredImage::transparent, "with an alpha channel %s taken without it");
        colours(findings);
        sizes(findings);
        if (seen.unlike().images() > 0) {
            findings.add(unlike());
        }
        if (seen.unread().images() > 0) {
            findings.add(unread());
        }
        seen.emptyPart()
                .filter(part -> !ImageFindings.refuses(spec))
                .ifPresent(part -> findings.add(new Finding(
                        Severity.ERROR,
                        Topic.IMAGES,
                        study.file(),
                        "Cannot use %s: not one of its %s images can be used".formatted(spec.source(), part),
                        Map.of(),
                        "")));
        return findings;
    }

    private Finding looked() {
        String stored = seen.stored().isEmpty()
                ? ""
                : ": "
                        + seen.stored().entrySet().stream()
                                .collect(Collectors.groupingBy(
                                        form -> form.getKey().format(),
                                        LinkedHashMap::new,
                                        Collectors.summingInt(Map.Entry::getValue)))
                                .entrySet()
                                .stream()
                                .map(format -> "%,d %s".formatted(format.getValue(), format.getKey()))
                                .collect(Collectors.joining(", "));
        return new Finding(
                Severity.FACT,
                Topic.IMAGES,
                spec.source(),
                (seen.all()
                                ? "all %,d images were looked at".formatted(seen.of())
                                : "%,d of %,d images were looked at".formatted(seen.looked(), seen.of()))
                        + stored,
                Map.of("looked", (long) seen.looked(), "of", (long) seen.of()),
                seen.all() ? "" : "narrows doctor looks at all");
    }

    private void convert(List<Finding> findings, Predicate<StoredImage> which, String words) {
        int count = seen.stored().entrySet().stream()
                .filter(form -> which.test(form.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        if (count > 0) {
            findings.add(new Finding(
                    Severity.FACT,
                    Topic.IMAGES,
                    spec.source(),
                    images(count) + " " + words.formatted(count == 1 ? "is" : "are"),
                    Map.of("images", (long) count),
                    ""));
        }
    }

    /** Grey images among coloured ones: what becomes of them was not asked for where data.colour is auto. */
    private void colours(List<Finding> findings) {
        int grey = count(1);
        int coloured = count(3);
        if (grey == 0 || coloured == 0 || seen.unlike().images() > 0) {
            return;
        }
        boolean toGrey = channels == 1;
        boolean asked = spec.preparation().colour() != Preparation.Colour.AUTO;
        findings.add(new Finding(
                asked ? Severity.FACT : Severity.WARNING,
                Topic.IMAGES,
                spec.source(),
                toGrey
                        ? "%s of %,d %s in colour and %s grey"
                                .formatted(
                                        images(coloured),
                                        seen.looked(),
                                        coloured == 1 ? "is" : "are",
                                        coloured == 1 ? "becomes" : "become")
                        : "%s of %,d %s grey among coloured ones and %s three equal channels"
                                .formatted(
                                        images(grey),
                                        seen.looked(),
                                        grey == 1 ? "is" : "are",
                                        grey == 1 ? "gets" : "get"),
                Map.of("grey", (long) grey, "coloured", (long) coloured),
                asked ? "" : "data.colour = rgb says that this is meant, and grey makes all grey"));
    }

    private int count(int wanted) {
        return seen.shapes().entrySet().stream()
                .filter(shape -> shape.getKey().channels() == wanted)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private void sizes(List<Finding> findings) {
        Map<String, Integer> sizes = bySize();
        Size wanted = spec.preparation().size();
        if (wanted.given() && !sizes.keySet().equals(Set.of(wanted.toString()))) {
            findings.add(new Finding(
                    Severity.FACT,
                    Topic.IMAGES,
                    spec.source(),
                    "images are brought to %s by data.fit = %s: %s"
                            .formatted(
                                    wanted, spec.preparation().fit().name().toLowerCase(Locale.ROOT), counted(sizes)),
                    Map.of("sizes", (long) sizes.size()),
                    ""));
        }
    }

    private Map<String, Integer> bySize() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        seen.shapes()
                .forEach((shape, count) ->
                        sizes.merge(new Size(shape.height(), shape.width()).toString(), count, Integer::sum));
        return sizes;
    }

    private Finding unlike() {
        Map<String, Integer> shapes = new LinkedHashMap<>();
        seen.shapes().forEach((shape, count) -> shapes.put(shape.toString(), count));
        String first = seen.unlike().reasons().get(0);
        return new Finding(
                severity(),
                Topic.IMAGES,
                study.file(),
                "%s %s: they must be alike, and of the %,d looked at there are %s; %s"
                        .formatted(
                                ImageFindings.refuses(spec) ? "Cannot take the images of" : "Leaves out images of",
                                spec.source(),
                                seen.looked(),
                                counted(shapes),
                                first),
                Map.of("unlike", (long) seen.unlike().images(), "looked", (long) seen.looked()),
                "");
    }

    private Finding unread() {
        int images = seen.unread().images();
        String reasons = String.join("; ", seen.unread().reasons())
                + (images > seen.unread().reasons().size() ? "; …" : "");
        boolean refused = ImageFindings.refuses(spec);
        return new Finding(
                severity(),
                Topic.IMAGES,
                study.file(),
                (refused
                                ? "Cannot read %,d of the %,d images of %s that were looked at: %s"
                                : "%,d of the %,d images of %s that were looked at cannot be read and are left out: %s")
                        .formatted(images, seen.looked(), spec.source(), reasons),
                Map.of("unread", (long) images, "looked", (long) seen.looked()),
                refused ? "repair or remove them, or leave them out by data.corrupt = skip" : "");
    }

    private Severity severity() {
        return ImageFindings.refuses(spec) ? Severity.ERROR : Severity.WARNING;
    }

    private static String images(int count) {
        return count == 1 ? "1 image" : "%,d images".formatted(count);
    }

    /** The most frequent ones with their numbers: {@code 22 of 3x16x16, 2 of 3x24x16}. */
    private static String counted(Map<String, Integer> counts) {
        String told = counts.entrySet().stream()
                .limit(SHAPES_TOLD)
                .map(entry -> "%,d of %s".formatted(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining(", "));
        return counts.size() > SHAPES_TOLD ? "%s and %,d more".formatted(told, counts.size() - SHAPES_TOLD) : told;
    }
}
