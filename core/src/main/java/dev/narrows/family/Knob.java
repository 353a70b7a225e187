package dev.narrows.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A property of a network that a study may vary. Its type decides the meaning of a list in a study file.
 *
 * <p>A knob reads plain values from a configuration (a {@link Number}, {@link Boolean}, {@link String}, or a {@link
 * List} of these) and refuses values out of range. Defaults are in {@code families.conf}, or in the {@code
 * reference.conf} of a user's jar.
 *
 * @param <T> type for a network builder: {@link Integer}, {@link Double}, {@link Boolean}, an enum, a list, or a {@link
 *     ByStage} of these
 */
public final class Knob<T> {
    /** Number of values that a knob holds, which decides the meaning of a list in a study file. */
    public enum Arity {
        /** One value; a list is an axis. */
        SCALAR,
        /**
         * One value for all stages, or a list with one for each. A list of scalars is an axis; a list in it is one
         * choice by stage.
         */
        BY_STAGE,
        /** A list, one value each; a list of lists is an axis. */
        LIST
    }

    /** The type of a column that holds one value of this knob. */
    public enum Type {
        INTEGER,
        DECIMAL,
        FLAG,
        WORD
    }

    private final String name;
    private final Arity arity;
    private final Type type;
    private final boolean optional;
    private final String meaning;
    private final String range;
    private final Function<Object, Object> element;
    private final List<String> replaced;

    private Knob(
            String name,
            Arity arity,
            Type type,
            boolean optional,
            String meaning,
            String range,
            Function<Object, Object> element,
            List<String> replaced) {
        this.name = name;
        this.arity = arity;
        this.type = type;
        this.optional = optional;
        this.meaning = meaning;
        this.range = range;
        this.element = element;
        this.replaced = replaced;
    }

    private Knob(String name, Arity arity, Type type, String meaning, String range, Function<Object, Object> element) {
        this(name, arity, type, false, meaning, range, element, List.of());
    }

    /** A whole number of at least {@code minimum}. */
    public static Knob<Integer> integer(String name, int minimum, String meaning) {
        return integer(name, Arity.SCALAR, minimum, meaning);
    }

    /** A whole number of at least {@code minimum}, the same for every stage or one for each. */
    public static Knob<ByStage<Integer>> integerByStage(String name, int minimum, String meaning) {
        return integer(name, Arity.BY_STAGE, minimum, meaning);
    }

    /** A list of whole numbers of at least {@code minimum}. */
    public static Knob<List<Integer>> integers(String name, int minimum, String meaning) {
        return integer(name, Arity.LIST, minimum, meaning);
    }

    /** A number greater than {@code bound}. */
    public static Knob<Double> decimal(String name, double bound, String meaning) {
        return decimal(name, Arity.SCALAR, bound, meaning);
    }

    /** A number greater than {@code bound}, the same for every stage or one for each. */
    public static Knob<ByStage<Double>> decimalByStage(String name, double bound, String meaning) {
        return decimal(name, Arity.BY_STAGE, bound, meaning);
    }

    /** A list of numbers greater than {@code bound}. */
    public static Knob<List<Double>> decimals(String name, double bound, String meaning) {
        return decimal(name, Arity.LIST, bound, meaning);
    }

    /** True or false. */
    public static Knob<Boolean> flag(String name, String meaning) {
        return new Knob<>(name, Arity.SCALAR, Type.FLAG, meaning, "true or false", Knob::readFlag);
    }

    /** True or false, the same for every stage or one for each. */
    public static Knob<ByStage<Boolean>> flagByStage(String name, String meaning) {
        return new Knob<>(name, Arity.BY_STAGE, Type.FLAG, meaning, "true or false", Knob::readFlag);
    }

    /** One of the constants of an enum, which study files write in kebab case. */
    public static <E extends Enum<E>> Knob<E> choice(String name, Class<E> constants, String meaning) {
        List<String> words = new ArrayList<>();
        for (E constant : constants.getEnumConstants()) {
            words.add(word(constant));
        }
        String range = "one of " + String.join(", ", words);
        return new Knob<>(name, Arity.SCALAR, Type.WORD, meaning, range, value -> {
            int index = value instanceof String word ? words.indexOf(word) : -1;
            if (index < 0) {
                throw new IllegalArgumentException("it must be " + range);
            }
            return constants.getEnumConstants()[index];
        });
    }

    /** Groups of a convolution, a number or the word {@code depthwise}; the same for every stage or one for each. */
    public static Knob<ByStage<Groups>> groupsByStage(String name, String meaning) {
        String range = "a whole number of at least 1, or depthwise";
        return new Knob<>(name, Arity.BY_STAGE, Type.WORD, meaning, range, value -> {
            if ("depthwise".equals(value)) {
                return Groups.DEPTHWISE;
            }
            if (!(value instanceof Number number)
                    || number.doubleValue() != number.intValue()
                    || number.intValue() < 1) {
                throw new IllegalArgumentException("it must be " + range);
            }
            return new Groups(number.intValue());
        });
    }

    private static <T> Knob<T> integer(String name, Arity arity, int minimum, String meaning) {
        String range = "a whole number of at least " + minimum;
        return new Knob<>(name, arity, Type.INTEGER, meaning, range, value -> {
            if (!(value instanceof Number number)
                    || number.doubleValue() != Math.rint(number.doubleValue())
                    || number.doubleValue() < minimum
                    || number.doubleValue() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("it must be " + range);
            }
            return number.intValue();
        });
    }

    private static <T> Knob<T> decimal(String name, Arity arity, double bound, String meaning) {
        String range = "a number greater than " + bound;
        return new Knob<>(name, arity, Type.DECIMAL, meaning, range, value -> {
            if (!(value instanceof Number number)
                    || !Double.isFinite(number.doubleValue())
                    || number.doubleValue() <= bound) {
                throw new IllegalArgumentException("it must be " + range);
            }
            return number.doubleValue();
        });
    }

    private static Object readFlag(Object value) {
        if (!(value instanceof Boolean)) {
            throw new IllegalArgumentException("it must be true or false");
        }
        return value;
    }

    /** The same knob with {@code null} as another value, for nothing given. */
    public Knob<Optional<T>> orNone() {
        return new Knob<>(name, arity, type, true, meaning, range, element, replaced);
    }

    /**
     * The same knob, which in a study replaces the defaults of others, as {@code mid} replaces that of {@code
     * mid-ratio}: both set one property. The others are optional; the family refuses a study that gives two of them.
     */
    public Knob<T> insteadOf(String... names) {
        return new Knob<>(name, arity, type, optional, meaning, range, element, List.of(names));
    }

    /** Name in study files, in kebab case; a dot separates an object from its field, as in {@code stem.width}. */
    public String name() {
        return name;
    }

    public Arity arity() {
        return arity;
    }

    public Type type() {
        return type;
    }

    public boolean optional() {
        return optional;
    }

    /** Knobs whose defaults do not apply if a study gives this one. */
    public List<String> replaced() {
        return replaced;
    }

    /** One sentence for the user: meaning and unit. */
    public String meaning() {
        return meaning;
    }

    /** Allowed values, in words. */
    public String range() {
        return range;
    }

    /**
     * Converts a plain value for a network builder.
     *
     * @throws IllegalArgumentException if the knob does not allow the value; the message is the reason alone
     */
    @SuppressWarnings("unchecked")
    public T read(@org.jspecify.annotations.Nullable Object plain) {
        if (optional) {
            return (T) Optional.ofNullable(plain).map(this::readForm);
        }
        if (plain == null) {
            throw new IllegalArgumentException("it must be " + range);
        }
        return (T) readForm(plain);
    }

    private Object readForm(Object plain) {
        return switch (arity) {
            case SCALAR -> element.apply(plain);
            case LIST -> {
                if (!(plain instanceof List<?> list)) {
                    throw new IllegalArgumentException("it must be a list, each entry " + range);
                }
                yield readList(list);
            }
            case BY_STAGE ->
                plain instanceof List<?> list ? ByStage.each(readList(list)) : ByStage.all(element.apply(plain));
        };
    }

    private List<Object> readList(List<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("it must have an entry");
        }
        List<Object> values = new ArrayList<>(list.size());
        for (Object entry : list) {
            values.add(element.apply(entry));
        }
        return List.copyOf(values);
    }

    /** The word for a constant in study files and labels: {@code max-pool} for {@code MAX_POOL}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return name;
    }
}
