package dev.narrows.jobs.preflight;

import dev.narrows.data.Inspection;
import dev.narrows.jobs.preflight.Finding.Severity;
import dev.narrows.jobs.preflight.Finding.Topic;
import dev.narrows.study.DataSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Warnings about classes that networks cannot learn, because no image to train on is left of them. They stop no study:
 * a few images are enough to try one out.
 */
final class ClassFindings {
    private static final int NAMED = 10;

    private final DataSpec spec;
    private final Inspection images;
    private final List<String> names;

    ClassFindings(DataSpec spec, Inspection images) {
        this.spec = spec;
        this.images = images;
        names = images.description().classNames();
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        warn(
                findings,
                label -> label < images.perClass().size() && images.perClass().get(label) == 0,
                "no image to train on",
                fewer()
                        ? "a larger data.train has images of more classes"
                        : "it needs more images in the training part");
        if (!ImageFindings.refuses(spec) && images.seen().emptyPart().isEmpty()) {
            warn(
                    findings,
                    images.seen().unusableClasses()::contains,
                    "no image to train on that can be used",
                    "repair the images" + (fewer() ? ", or draw more by a larger data.train" : ", or add others"));
        }
        return findings;
    }

    /** True where images of the training part are left over. */
    private boolean fewer() {
        int heldOut = (images.validation().fromTraining() ? images.validation().images() : 0)
                + (images.test().fromTraining() ? images.test().images() : 0);
        return images.train().images() < images.train().from() - heldOut;
    }

    private void warn(List<Finding> findings, IntPredicate unlearnt, String lack, String remedy) {
        List<String> found = IntStream.range(0, names.size())
                .filter(unlearnt)
                .mapToObj(names::get)
                .toList();
        if (found.isEmpty()) {
            return;
        }
        boolean one = found.size() == 1;
        String named = found.stream().limit(NAMED).collect(Collectors.joining(", "));
        findings.add(new Finding(
                Severity.WARNING,
                Topic.CLASSES,
                spec.source(),
                "%,d of %,d classes %s %s, and no network can learn %s: %s%s"
                        .formatted(
                                found.size(),
                                names.size(),
                                one ? "has" : "have",
                                lack,
                                one ? "it" : "them",
                                named,
                                found.size() > NAMED ? ", …" : ""),
                Map.of("unlearnt", (long) found.size(), "classes", (long) names.size()),
                remedy));
    }
}
