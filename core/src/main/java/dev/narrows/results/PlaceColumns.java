package dev.narrows.results;

import static dev.narrows.results.Kind.INTEGER;
import static dev.narrows.results.Kind.TEXT;

import dev.narrows.trial.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of the place where something ran, which several tables have. */
final class PlaceColumns {
    private static final ColumnList<Place> LIST = new ColumnList<>();

    static final StoredColumn<Place, String> PRECISION =
            LIST.required("precision", TEXT, "What it was computed in: fp32, bf16 or fp16.", Place::precision);
    static final StoredColumn<Place, Integer> THREADS =
            LIST.required("threads", INTEGER, "Threads of the engine inside one operation.", Place::threads);
    static final StoredColumn<Place, String> DEVICE =
            LIST.required("device", TEXT, "cpu, or gpu: and its address.", Place::device);
    static final StoredColumn<Place, String> HOST =
            LIST.required("host", TEXT, "Name of the host that it ran on.", Place::host);
    static final StoredColumn<Place, String> PROCESSOR =
            LIST.required("processor", TEXT, "Name of that host's processor.", Place::processor);
    static final StoredColumn<Place, String> VERSIONS = LIST.required(
            "versions",
            TEXT,
            "Versions of all that computed it, as name=version pairs between semicolons.",
            Place::versions);

    private PlaceColumns() {}

    /** A column of a trial's place; null where nobody knows it, as of a trial whose process died. */
    static Column<TrialLine> ofTrial(StoredColumn<Place, ?> column) {
        return ofTrial(column, column.column().meaning());
    }

    static Column<TrialLine> ofTrial(StoredColumn<Place, ?> column, String meaning) {
        Column<Place> place = column.column();
        return Column.optional(
                place.name(),
                place.kind(),
                meaning,
                line -> line.ofResult(result -> known(place.value().apply(result.place()))));
    }

    private static @Nullable Object known(@Nullable Object value) {
        return "".equals(value) ? null : value;
    }

    static Place read(Cells cells) {
        return new Place(
                HOST.or(cells, ""),
                PROCESSOR.or(cells, ""),
                DEVICE.or(cells, ""),
                PRECISION.of(cells),
                THREADS.of(cells),
                VERSIONS.of(cells));
    }

    static List<Column<Place>> list() {
        return LIST.list();
    }
}
