package dev.narrows.jobs.preflight;

import dev.narrows.data.Description;
import dev.narrows.data.Inspection;
import dev.narrows.data.source.LeftOut;
import dev.narrows.jobs.preflight.Finding.Severity;
import dev.narrows.jobs.preflight.Finding.Topic;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Preparation;
import dev.narrows.study.Study;
import dev.narrows.study.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Findings about the images of one choice of data: split, classes, files, and the result of a look at them. */
final class ImageFindings {
    private static final int CLASSES_NAMED = 10;

    private final Study study;
    private final DataSpec spec;
    private final Inspection images;
    private final Description description;

    ImageFindings(Study study, DataSpec spec, Inspection images) {
        this.study = study;
        this.spec = spec;
        this.images = images;
        description = images.description();
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        findings.add(split());
        findings.add(classes());
        findings.addAll(new ClassFindings(spec, images).all());
        findings.addAll(new LookFindings(study, spec, images).all());
        images.leftOut().forEach(files -> findings.add(leftOut(files)));
        if (description.duplicates() > 0) {
            findings.add(duplicates());
        }
        return findings;
    }

    /** The error where this process cannot hold the decoded images. */
    List<Finding> room() {
        return images
                .tooLarge()
                .map(reason -> new Finding(
                        Severity.ERROR, Topic.MEMORY, study.file(), reason, Map.of("bytes", description.bytes()), ""))
                .stream()
                .toList();
    }

    private Finding split() {
        Inspection.Origin train = images.train();
        Inspection.Origin validation = images.validation();
        Inspection.Origin test = images.test();
        String patches = spec.preparation().patch().given()
                ? "; each is cut into %,d patches of %s"
                        .formatted(
                                description.images() / (train.images() + validation.images() + test.images()),
                                spec.preparation().patch())
                : "";
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("train", (long) train.images());
        values.put("validation", (long) validation.images());
        values.put("test", (long) test.images());
        values.put("training_part", (long) train.from());
        return new Finding(
                Severity.FACT,
                Topic.SPLIT,
                spec.source(),
                "%,d images to train on%s%s out of %,d%s%s%s"
                        .formatted(
                                train.images(),
                                validation.fromTraining() ? ", %,d for validation".formatted(validation.images()) : "",
                                test.fromTraining() ? ", %,d to test".formatted(test.images()) : "",
                                train.from(),
                                validation.fromTraining() ? "" : own("for validation", validation),
                                test.fromTraining() ? noTestPart() : own("to test", test),
                                patches),
                values,
                "");
    }

    private static String own(String use, Inspection.Origin part) {
        return "; %,d %s%s"
                .formatted(part.images(), use, part.images() < part.from() ? " out of %,d".formatted(part.from()) : "");
    }

    private String noTestPart() {
        return spec.test().isPresent()
                ? "; it has no test part"
                : "; it has no test part, and data.test = null holds out a tenth";
    }

    private Finding classes() {
        return new Finding(
                Severity.FACT,
                Topic.CLASSES,
                spec.source(),
                "images of %s in %d classes: %s"
                        .formatted(
                                description.shape(),
                                description.classes(),
                                description.task() == Task.SEGMENTATION ? ofPositions() : ofImages()),
                Map.of(
                        "channels", (long) description.shape().channels(),
                        "height", (long) description.shape().height(),
                        "width", (long) description.shape().width(),
                        "classes", (long) description.classes()),
                "");
    }

    private String ofPositions() {
        List<String> names = description.classNames();
        return "each position is one of "
                + String.join(", ", names.subList(0, Math.min(CLASSES_NAMED, names.size())))
                + (names.size() > CLASSES_NAMED ? ", …" : "");
    }

    private String ofImages() {
        List<String> names = description.classNames();
        List<Integer> each = images.perClass();
        int least = Collections.min(each);
        int most = Collections.max(each);
        if (least == most) {
            return "%,d to train on of each".formatted(least);
        }
        return names.size() <= CLASSES_NAMED
                ? IntStream.range(0, names.size())
                                .mapToObj(i -> "%s %,d".formatted(names.get(i), each.get(i)))
                                .collect(Collectors.joining(", "))
                        + " to train on"
                : "%,d to %,d to train on of each".formatted(least, most);
    }

    private Finding leftOut(LeftOut files) {
        return new Finding(
                files.isImage() ? Severity.WARNING : Severity.FACT,
                Topic.FILES,
                spec.source(),
                files.sentence(),
                Map.of("files", (long) files.files()),
                "");
    }

    private Finding duplicates() {
        return new Finding(
                Severity.WARNING,
                Topic.SPLIT,
                "",
                ("%,d of the %,d test images of %s are also training or validation images, byte for byte:"
                                + " test accuracies are too high")
                        .formatted(description.duplicates(), description.test(), spec.source()),
                Map.of("duplicates", (long) description.duplicates(), "test", (long) description.test()),
                "");
    }

    /** True where an image that cannot be used stops the study, and does not only go missing. */
    static boolean refuses(DataSpec spec) {
        return spec.preparation().corrupt() == Preparation.Corrupt.REFUSE;
    }
}
