package dev.narrows.jobs.preflight;

import dev.narrows.data.Inspection;
import dev.narrows.jobs.plan.PlannedStudy;
import dev.narrows.space.Planned;
import dev.narrows.space.Rejection;
import dev.narrows.space.Variant;
import dev.narrows.study.DataSpec;
import dev.narrows.study.Study;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The points of a plan one at a time, and the findings that need no more than to have seen each. */
public final class StreamedPlan implements Iterator<Planned> {
    private final Study study;
    private final Map<DataSpec, Inspection> images;
    private final Iterator<Planned> points;
    private final GridFindings grid = new GridFindings();

    private StreamedPlan(Study study, Map<DataSpec, Inspection> images, Iterator<Planned> points) {
        this.study = study;
        this.images = images;
        this.points = points;
    }

    /** @throws dev.narrows.study.BadInput where the images do not suit the study */
    public static StreamedPlan of(Study study, Map<DataSpec, Inspection> images) {
        return new StreamedPlan(study, images, PlannedStudy.stream(study, OpenedStudy.descriptions(images)));
    }

    /**
     * Looks for a point that can be trained, and no further.
     *
     * @throws dev.narrows.study.BadInput with the reasons counted, where there is none
     */
    public static void requireVariant(Study study, Map<DataSpec, Inspection> images) {
        StreamedPlan points = of(study, images);
        while (points.hasNext()) {
            if (points.next() instanceof Variant) {
                return;
            }
        }
        new Preflight(points.grid.all(study)).refuse();
    }

    @Override
    public boolean hasNext() {
        return points.hasNext();
    }

    @Override
    public Planned next() {
        Planned point = points.next();
        if (point instanceof Variant) {
            grid.addVariant();
        } else if (point instanceof Rejection rejection) {
            grid.add(rejection);
        }
        return point;
    }

    /** Findings about the images, and about the points that have been taken. */
    public Preflight preflight() {
        List<Finding> findings = new ArrayList<>(grid.all(study));
        images.forEach((spec, inspection) -> findings.addAll(new ImageFindings(study, spec, inspection).all()));
        return new Preflight(findings);
    }
}
