package dev.narrows.jobs.preflight;

import dev.narrows.data.Datasets;
import dev.narrows.data.Description;
import dev.narrows.data.Inspection;
import dev.narrows.data.Look;
import dev.narrows.data.source.Sources;
import dev.narrows.engine.StudyDevice;
import dev.narrows.jobs.cluster.HadoopSettings;
import dev.narrows.jobs.cluster.StudyDevices;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.study.BadInput;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Study;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * A study whose images have been opened and looked at.
 *
 * @param images by choice of data, in the order of the study
 */
public record OpenedStudy(PlannedStudy planned, Map<DataSpec, Inspection> images) {
    /** As long as a person waits for a plan. */
    private static final Duration BRIEF = Duration.ofSeconds(2);

    /** Looked at in any case: a slow disk or a busy machine must not make a look of nothing. */
    private static final int LEAST = 64;

    private static final String BUNDLED = "bundled:";

    public OpenedStudy {
        images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
    }

    /**
     * Opens a study and looks at its images for two seconds; bundled ones are known to be whole.
     *
     * @throws BadInput where the data cannot be used, or the grids are empty
     */
    public static OpenedStudy briefly(Study study) {
        return of(study, imagesBriefly(study));
    }

    /**
     * Opens a study and looks at each of its images.
     *
     * @throws BadInput as {@link #briefly}
     */
    public static OpenedStudy wholly(Study study) {
        Look all = Look.atAll();
        return of(study, PlannedStudy.read(study, spec -> Datasets.inspect(spec, HadoopSettings.here(), all)));
    }

    /**
     * Opens a study and looks at no image, where none will be trained on.
     *
     * @throws BadInput as {@link #briefly}
     */
    public static OpenedStudy unseen(Study study) {
        return new OpenedStudy(PlannedStudy.of(study), Map.of());
    }

    /** The images of a study that is not planned whole, as {@link #briefly} looks at them. */
    public static Map<DataSpec, Inspection> imagesBriefly(Study study) {
        Look brief = Look.within(BRIEF, LEAST);
        return PlannedStudy.read(
                study,
                spec -> Datasets.inspect(
                        spec, HadoopSettings.here(), spec.source().startsWith(BUNDLED) ? Look.at(LEAST) : brief));
    }

    /**
     * Warnings about images whose storage this machine cannot reach. A study with one cannot be planned here: its
     * networks depend on the images' shape and classes.
     */
    public static List<Finding> unreachable(Study study) {
        return study.data().stream()
                .map(DataSpec::source)
                .distinct()
                .flatMap(source -> Sources.unreachable(source, HadoopSettings.here()).stream())
                .map(reason -> new Finding(
                        Finding.Severity.WARNING,
                        Finding.Topic.IMAGES,
                        study.file(),
                        reason,
                        Map.of(),
                        "networks depend on the images' shape and classes, so nothing is planned here"))
                .toList();
    }

    /** The same study for another device, on which its trials may have other ids. */
    public OpenedStudy on(StudyDevice device) {
        return new OpenedStudy(planned.on(device), images);
    }

    private static OpenedStudy of(Study study, Map<DataSpec, Inspection> images) {
        return new OpenedStudy(
                PlannedStudy.of(study, descriptions(images), StudyDevices.asked(new SparkConf())), images);
    }

    public static Map<DataSpec, Description> descriptions(Map<DataSpec, Inspection> images) {
        Map<DataSpec, Description> data = new LinkedHashMap<>();
        images.forEach((spec, inspection) -> data.put(spec, inspection.description()));
        return data;
    }
}
