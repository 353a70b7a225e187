package dev.narrows.study.setting;

import dev.narrows.family.Knob;
import dev.narrows.study.Size;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The type of a setting that a study file says under one key. */
final class ScalarType<T> extends SettingType<T> {
    private static final int MOST_IN_A_MASK = 255;

    private final ValueReader<T> reader;
    private final List<CellType> cells;
    private final Function<T, List<@Nullable Object>> toCells;
    private final Function<List<@Nullable Object>, T> ofCells;
    private final boolean mayBeNone;
    private final BiFunction<SettingSection, String, T> reading;
    private final Function<String, Map<String, String>> lines;

    private ScalarType(
            ValueReader<T> reader,
            List<CellType> cells,
            Function<T, List<@Nullable Object>> toCells,
            Function<List<@Nullable Object>, T> ofCells,
            boolean mayBeNone) {
        this(
                reader,
                cells,
                toCells,
                ofCells,
                mayBeNone,
                (section, key) -> section.one(key, reader),
                key -> Map.of(key, reader.words()));
    }

    private ScalarType(
            ValueReader<T> reader,
            List<CellType> cells,
            Function<T, List<@Nullable Object>> toCells,
            Function<List<@Nullable Object>, T> ofCells,
            boolean mayBeNone,
            BiFunction<SettingSection, String, T> reading,
            Function<String, Map<String, String>> lines) {
        this.reader = reader;
        this.cells = cells;
        this.toCells = toCells;
        this.ofCells = ofCells;
        this.mayBeNone = mayBeNone;
        this.reading = reading;
        this.lines = lines;
    }

    /**
     * The same type where the value stands elsewhere than under its key alone.
     *
     * @param lines each line of {@code reference.conf} with a default, by its path in the section
     */
    ScalarType<T> readBy(BiFunction<SettingSection, String, T> reading, Function<String, Map<String, String>> lines) {
        return new ScalarType<>(reader, cells, toCells, ofCells, mayBeNone, reading, lines);
    }

    /** The same type where a study must say it, as there is no default; with what to go on with where it does not. */
    ScalarType<T> mustBeSaid(String problem, T otherwise) {
        return readBy(
                (section, key) -> {
                    Optional<T> said = section.find(key, reader);
                    if (!section.has(key)) {
                        section.problem(problem);
                    }
                    return said.orElse(otherwise);
                },
                key -> Map.of());
    }

    /** A value that is a cell as it is. */
    private static <T> ScalarType<T> plain(ValueReader<T> reader, CellType cell, Class<T> type) {
        return new ScalarType<>(
                reader, List.of(cell), List::of, cells -> type.cast(Objects.requireNonNull(cells.get(0))), false);
    }

    static ScalarType<Integer> integer(int minimum) {
        return plain(ValueReader.integer(minimum), CellType.INTEGER, Integer.class);
    }

    static ScalarType<Long> seed() {
        return plain(ValueReader.seed(), CellType.LONG, Long.class);
    }

    static ScalarType<Double> decimal(ValueReader<Double> reader) {
        return plain(reader, CellType.DECIMAL, Double.class);
    }

    static ScalarType<Boolean> flag() {
        return plain(ValueReader.flag(), CellType.FLAG, Boolean.class);
    }

    static ScalarType<String> text() {
        return plain(ValueReader.text(), CellType.TEXT, String.class);
    }

    /** One of the constants of an enum; a cell has the word that study files have. */
    static <E extends Enum<E>> ScalarType<E> choice(Class<E> constants) {
        return choice(constants, Knob::word);
    }

    /** One of the constants of an enum; a cell has the constant's own name. */
    static <E extends Enum<E>> ScalarType<E> constant(Class<E> constants) {
        return choice(constants, Enum::name);
    }

    private static <E extends Enum<E>> ScalarType<E> choice(Class<E> constants, Function<E, String> cell) {
        return new ScalarType<>(
                ValueReader.choice(constants),
                List.of(CellType.TEXT),
                value -> List.of(cell.apply(value)),
                cells -> Enum.valueOf(
                        constants,
                        String.valueOf(cells.get(0)).toUpperCase(Locale.ROOT).replace('-', '_')),
                false);
    }

    /** A value, or null for none. */
    static <T> ScalarType<Optional<T>> orNone(ScalarType<T> type) {
        return new ScalarType<>(
                ValueReader.orNone(type.reader),
                type.cells,
                value -> value.map(type::cells).orElse(Collections.nCopies(type.cells.size(), null)),
                cells -> cells.get(0) == null ? Optional.empty() : Optional.of(type.ofCells(cells)),
                true);
    }

    /** Values of masks; null for none. */
    static ScalarType<List<Integer>> maskValues() {
        ValueReader<Integer> one = ValueReader.integer(0).map(number -> {
            if (number > MOST_IN_A_MASK) {
                throw ValueReader.mustBe("a value of a mask, 0 to " + MOST_IN_A_MASK);
            }
            return number;
        });
        return new ScalarType<>(
                new ValueReader<>(
                        "a whole number from 0 to %d, or a list of these".formatted(MOST_IN_A_MASK),
                        plain -> plain instanceof List<?> list
                                ? list.stream()
                                        .map(one::read)
                                        .distinct()
                                        .sorted()
                                        .toList()
                                : List.of(one.read(plain))),
                List.of(CellType.INTEGERS),
                values -> Collections.singletonList(values.isEmpty() ? null : values),
                cells -> cells.get(0) instanceof List<?> list
                        ? list.stream().map(Integer.class::cast).toList()
                        : List.of(),
                true);
    }

    /** Height and width in a cell each; null for none. */
    static ScalarType<Size> size() {
        ValueReader<Integer> side = ValueReader.integer(1);
        ValueReader<Size> reader = new ValueReader<>("a side in pixels, [H, W], or null", plain -> {
            if (plain == null) {
                return Size.NONE;
            }
            if (!(plain instanceof List<?> list)) {
                return new Size(side.read(plain), side.read(plain));
            }
            if (list.size() != 2) {
                throw ValueReader.mustBe("a side, or [H, W]: height and width");
            }
            return new Size(side.read(list.get(0)), side.read(list.get(1)));
        });
        return new ScalarType<>(
                reader,
                List.of(CellType.INTEGER, CellType.INTEGER),
                size -> size.given() ? List.of(size.height(), size.width()) : Arrays.asList(null, null),
                cells -> cells.get(0) instanceof Integer height && cells.get(1) instanceof Integer width
                        ? new Size(height, width)
                        : Size.NONE,
                true);
    }

    ValueReader<T> reader() {
        return reader;
    }

    @Override
    T read(SettingSection section, String key) {
        return reading.apply(section, key);
    }

    @Override
    Map<String, String> lines(String key) {
        return lines.apply(key);
    }

    @Override
    List<CellType> cells() {
        return cells;
    }

    @Override
    List<@Nullable Object> cells(T value) {
        return toCells.apply(value);
    }

    @Override
    T ofCells(List<@Nullable Object> values) {
        return ofCells.apply(values);
    }

    @Override
    boolean mayBeNone() {
        return mayBeNone;
    }

    @Override
    String canonical(T value) {
        return value instanceof Enum<?> constant ? constant.name() : String.valueOf(value);
    }

    @Override
    String written(T value) {
        Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        return plain instanceof Enum<?> constant ? Knob.word(constant) : String.valueOf(plain);
    }
}
