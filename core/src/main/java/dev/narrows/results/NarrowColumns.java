package dev.narrows.results;

import static dev.narrows.results.ColumnType.DECIMAL;
import static dev.narrows.results.ColumnType.DECIMALS;
import static dev.narrows.results.ColumnType.INTEGER;
import static dev.narrows.results.ColumnType.INTEGERS;
import static dev.narrows.results.ColumnType.TEXTS;

import dev.narrows.trial.NarrowEnd;
import dev.narrows.trial.NarrowEnds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of {@code trials} that say what the narrow ends of the blocks lost. */
final class NarrowColumns {
    static final ColumnList<TrialLine> LIST = new ColumnList<TrialLine>()
            .derived(
                    "narrow_dead_share",
                    DECIMAL,
                    "Mean of narrow_dead_share_by_block; null unless completed, or where no block has a narrow end.",
                    line -> ofNarrows(line, NarrowEnds::deadShare))
            .derived(
                    "narrow_rank_share",
                    DECIMAL,
                    "Mean over the narrow ends of effective rank by channels, 0 to 1; null unless"
                            + " completed, or where no block has a narrow end.",
                    line -> ofNarrows(line, NarrowEnds::rankShare));

    private static final StoredColumn<TrialLine, List<String>> BLOCKS = ofEach(
            "narrow_blocks",
            TEXTS,
            "The blocks whose narrow ends were measured, in the order of the network.",
            NarrowEnd::block);
    private static final StoredColumn<TrialLine, List<Integer>> CHANNELS =
            ofEach("narrow_channels_by_block", INTEGERS, "Channels of each of those narrow ends.", NarrowEnd::channels);
    private static final StoredColumn<TrialLine, List<Double>> DEAD_SHARES = ofEach(
            "narrow_dead_share_by_block",
            DECIMALS,
            "Share of its activations that a ReLU or ReLU6 right before it set to 0, 0 to 1; 0 where the"
                    + " end is linear or a GELU.",
            NarrowEnd::deadShare);
    private static final StoredColumn<TrialLine, List<Double>> EFFECTIVE_RANKS = ofEach(
            "narrow_effective_rank_by_block",
            DECIMALS,
            "Effective rank of its channels: exp of the entropy of the normalised singular values of the"
                    + " centred activations (Roy and Vetterli, 2007).",
            NarrowEnd::effectiveRank);
    private static final StoredColumn<TrialLine, Integer> IMAGES = LIST.optional(
            "narrow_images",
            INTEGER,
            "Validation images that the narrow ends were measured on, with the final weights.",
            line -> ofNarrows(line, NarrowEnds::images));

    private NarrowColumns() {}

    private static <T> @Nullable T ofNarrows(TrialLine line, Function<NarrowEnds, @Nullable T> value) {
        return line.ofResult(result -> {
            NarrowEnds narrows = result.narrows();
            return narrows == null ? null : value.apply(narrows);
        });
    }

    private static <T> StoredColumn<TrialLine, List<T>> ofEach(
            String name, ColumnType type, String meaning, Function<NarrowEnd, T> value) {
        return LIST.optional(
                name,
                type,
                meaning,
                line -> ofNarrows(
                        line, narrows -> narrows.ends().stream().map(value).toList()));
    }

    /** The narrow ends from their cells; null where they were not measured. */
    static @Nullable NarrowEnds read(StoredCells cells) {
        Integer images = IMAGES.orNull(cells);
        if (images == null) {
            return null;
        }
        List<String> blocks = BLOCKS.or(cells, List.of());
        List<Integer> channels = CHANNELS.or(cells, List.of());
        List<Double> dead = DEAD_SHARES.or(cells, List.of());
        List<Double> ranks = EFFECTIVE_RANKS.or(cells, List.of());
        List<NarrowEnd> ends = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            ends.add(new NarrowEnd(blocks.get(i), channels.get(i), dead.get(i), ranks.get(i)));
        }
        return new NarrowEnds(ends, images);
    }
}
