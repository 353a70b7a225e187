package dev.narrows.study.reading;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.narrows.study.DataSpec;
import dev.narrows.study.LatencySpec;
import dev.narrows.study.Objective;
import dev.narrows.study.Precision;
import dev.narrows.study.SearchObjectives;
import dev.narrows.study.SearchSpec;
import dev.narrows.study.Training;
import dev.narrows.study.setting.ValueReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the settings of a search: {@code search = front}, or an object with more of them. */
final class SearchReader {
    static final String KEY = "search";

    /** Goal of a search. */
    private enum Goal {
        FRONT,
        NONE
    }

    private static final StudyKey<Goal> FOR = StudyKey.one("for", ValueReader.choice(Goal.class));
    private static final StudyKey<Double> TOLERANCE = StudyKey.one("tolerance", ValueReader.atLeast(0));
    private static final StudyKey<Double> RISK = StudyKey.one("risk", ValueReader.atLeast(0));
    private static final StudyKey<Double> SAMPLE = StudyKey.one("sample", ValueReader.part());
    private static final StudyKey<Optional<Integer>> BATCH =
            StudyKey.one("batch", ValueReader.orNone(ValueReader.integer(1)));

    private static final StudyKey<Boolean> STOPS = StudyKey.one("stops", ValueReader.flag());

    static final List<StudyKey<?>> KEYS = List.of(FOR, TOLERANCE, RISK, SAMPLE, BATCH, STOPS);

    private SearchReader() {}

    /**
     * A study file with the search as an object that says its goal: a word alone is the goal, and settings without one
     * are those of a search for the front.
     */
    static ConfigObject written(ConfigObject study) {
        ConfigValue given = study.get(KEY);
        if (given == null) {
            return study;
        }
        ConfigObject search = given instanceof ConfigObject object
                ? object
                : given.atKey(FOR.key()).root();
        return study.withValue(
                KEY,
                search.containsKey(FOR.key())
                        ? search
                        : search.withValue(FOR.key(), word(Goal.FRONT).withOrigin(search.origin())));
    }

    private static ConfigValue word(Goal goal) {
        return ConfigValueFactory.fromAnyRef(goal.name().toLowerCase(Locale.ROOT));
    }

    /**
     * The search of a study; empty where the whole grid is trained. A search that the rest of the study does not allow
     * is a problem.
     */
    static Optional<SearchSpec> read(
            Section study,
            List<Objective> objectives,
            LatencySpec latency,
            List<Training> training,
            List<DataSpec> data) {
        boolean given = study.has(KEY);
        Section search = study.like(written(study.given())).section(KEY);
        Goal goal = FOR.read(search);
        SearchSpec read = new SearchSpec(
                TOLERANCE.read(search), RISK.read(search), SAMPLE.read(search), BATCH.read(search), STOPS.read(search));
        search.refuseOthers();
        if (!given || goal == Goal.NONE) {
            return Optional.empty();
        }
        if (read.stops() && training.size() > 1) {
            search.problem(("Cannot search with search.stops = true and %d choices of training settings: of each"
                            + " variant one trial is stopped or none")
                    .formatted(training.size()));
        }
        if (!objectives.isEmpty()) {
            problem(objectives, latency, training, data).ifPresent(search::problem);
        }
        return Optional.of(read);
    }

    private static Optional<String> problem(
            List<Objective> objectives, LatencySpec latency, List<Training> training, List<DataSpec> data) {
        try {
            for (Objective cost : SearchObjectives.of(objectives).costs()) {
                if (cost.measure().isLatency() && latency.of() != LatencySpec.Which.ALL) {
                    return Optional.of(("Cannot search by %s: latency.for is %s, and a search measures all variants"
                                    + " before it trains")
                            .formatted(cost.measure(), latency.of().name().toLowerCase(Locale.ROOT)));
                }
            }
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        if (data.size() > 1) {
            return Optional.of("Cannot search with %d numbers of training images: it takes one (data.train)"
                    .formatted(data.size()));
        }
        List<Precision> precisions =
                training.stream().map(Training::precision).distinct().toList();
        if (precisions.size() > 1 && precisions.contains(Precision.AUTO)) {
            return Optional.of("Cannot search with training.precision = auto beside others: auto may be one of them");
        }
        return Optional.empty();
    }
}
