package dev.narrows.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.study.Measure;
import dev.narrows.study.Objective;
import dev.narrows.study.Objective.Direction;
import dev.narrows.study.SearchObjectives;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchSettingsTest {
    private static final SearchSettings DEFAULTS = SearchSettings.defaults(60, 8, 1);
    private static final Objective ACCURACY = new Objective(Measure.VALIDATION_ACCURACY, Direction.MAXIMIZE);
    private static final Objective PARAMS = new Objective(Measure.PARAMS, Direction.MINIMIZE);

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        assertThat(DEFAULTS.tolerance()).isEqualTo(0.005);
        assertThat(DEFAULTS.risk()).isEqualTo(0.5);
        assertThat(DEFAULTS.sample()).isEqualTo(0.15);
        assertThat(DEFAULTS.batch()).isEqualTo(3);
    }

    @Test
    void aToleranceAndARiskBelowZeroAreRefusedWithTheValue() {
        assertThatThrownBy(() -> DEFAULTS.withTolerance(-0.01))
                .hasMessage("Cannot search with tolerance = -0.01: it must be a number of at least 0");
        assertThatThrownBy(() -> DEFAULTS.withRisk(-1))
                .hasMessage("Cannot search with risk = -1.0: it must be a number of at least 0");
        assertThatThrownBy(() -> DEFAULTS.withRisk(Double.NaN))
                .hasMessage("Cannot search with risk = NaN: it must be a number of at least 0");
        assertThat(DEFAULTS.withTolerance(0).withRisk(0).tolerance()).isZero();
    }

    @Test
    void aSampleIsAShareOfTheGrid() {
        for (double share : new double[] {0, -0.5, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> DEFAULTS.withSample(share))
                    .hasMessage("Cannot search with sample = %s: it must be a number greater than 0 and at most 1"
                            .formatted(share));
        }
        assertThat(DEFAULTS.withSample(1).sample()).isEqualTo(1);
    }

    @Test
    void numbersOfTrialsAreAtLeastOne() {
        assertThatThrownBy(() -> DEFAULTS.withBatch(0))
                .hasMessage("Cannot search with batch = 0: it must be a whole number of at least 1");
        assertThatThrownBy(() -> DEFAULTS.withSeeds(0))
                .hasMessage("Cannot search with seeds = 0: it must be a whole number of at least 1");
    }

    @Test
    void aSearchTakesOneMeasureOfQualityAndCostsThatAreKnownBefore() {
        SearchObjectives objectives = SearchObjectives.of(List.of(PARAMS, ACCURACY));
        assertThat(objectives.quality()).isEqualTo(ACCURACY);
        assertThat(objectives.costs()).containsExactly(PARAMS);
        assertThat(SearchObjectives.loss(PARAMS, 20)).isEqualTo(20);
        assertThat(SearchObjectives.loss(new Objective(Measure.INFERENCE_IMAGES_PER_SECOND, Direction.MAXIMIZE), 20))
                .isEqualTo(0.05);
    }

    @Test
    void objectivesThatASearchCannotTakeAreRefusedWithTheReason() {
        assertThatThrownBy(() -> SearchObjectives.of(List.of(PARAMS)))
                .hasMessage("Cannot search by params: a search needs an objective on quality, such as"
                        + " validation_accuracy");
        assertThatThrownBy(() -> SearchObjectives.of(List.of(ACCURACY)))
                .hasMessage("Cannot search by validation_accuracy alone: a search needs an objective on cost, such as"
                        + " params");
        assertThatThrownBy(() -> SearchObjectives.of(
                        List.of(ACCURACY, new Objective(Measure.VALIDATION_MEAN_IOU, Direction.MAXIMIZE), PARAMS)))
                .hasMessage("Cannot search by validation_accuracy and validation_mean_iou: a search takes one measure"
                        + " of quality, and these are 2");
        for (Measure measure : List.of(
                Measure.TRAIN_SECONDS,
                Measure.EPOCH_SECONDS,
                Measure.PEAK_MEMORY_BYTES,
                Measure.NARROW_DEAD_SHARE,
                Measure.NARROW_RANK_SHARE)) {
            assertThatThrownBy(() -> SearchObjectives.of(List.of(ACCURACY, new Objective(measure, Direction.MINIMIZE))))
                    .hasMessage("Cannot search by %s: only training tells it, and a search must know costs before"
                            .formatted(measure));
        }
    }
}
