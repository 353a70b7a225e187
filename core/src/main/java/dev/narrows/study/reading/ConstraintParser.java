package dev.narrows.study.reading;

import dev.narrows.study.BadInput;
import dev.narrows.study.Constraint;
import dev.narrows.study.Magnitude;
import dev.narrows.study.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parses the constraints of an option or of a study file: comparisons of a measure with a number, joined by {@code
 * and}, such as {@code params <= 200k and latency_p50_us < 500}.
 *
 * <p>A number may have a magnitude (k, M, G: powers of 1,000), or a percent sign for a share. All that is wrong is told
 * at once, each with the character that it stands at, counted from 1.
 */
public final class ConstraintParser {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(?<number>[0-9][0-9_]*(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?<unit>\\s*%|[A-Za-z]+)?"
                    + "|(?<word>[A-Za-z_][A-Za-z0-9_.-]*)|(?<sign><=|>=|==|!=|&&|[<>=&|≤≥−-]|[^\\s]))");

    private record Token(String text, Optional<String> unit, Kind kind, int place) {
        enum Kind {
            NUMBER,
            WORD,
            SIGN
        }
    }

    private final List<Token> tokens = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final String text;
    private int next;

    private ConstraintParser(String text) {
        this.text = text;
    }

    /**
     * Every comparison of the text, in its order.
     *
     * @param option beginning of messages: {@code --where}
     * @throws BadInput with all that is wrong
     */
    public static List<Constraint> parse(String text, String option) {
        List<String> problems = new ArrayList<>();
        List<Constraint> constraints = parse(text, problems::add);
        if (!problems.isEmpty()) {
            throw new BadInput(
                    problems.stream().map(problem -> option + ": " + problem).toList());
        }
        return constraints;
    }

    static List<Constraint> parse(String text, Consumer<String> problems) {
        ConstraintParser parser = new ConstraintParser(text);
        List<Constraint> constraints = parser.all();
        parser.problems.forEach(problems);
        return constraints;
    }

    private List<Constraint> all() {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.lookingAt() || matcher.find()) {
            String number = matcher.group("number");
            String word = matcher.group("word");
            String found = number != null ? number : word != null ? word : matcher.group("sign");
            tokens.add(new Token(
                    found,
                    Optional.ofNullable(matcher.group("unit")).map(String::strip),
                    number != null ? Token.Kind.NUMBER : word != null ? Token.Kind.WORD : Token.Kind.SIGN,
                    matcher.start(number != null ? "number" : word != null ? "word" : "sign") + 1));
            matcher.region(matcher.end(), text.length());
        }
        List<Constraint> constraints = new ArrayList<>();
        if (tokens.isEmpty()) {
            problems.add("Cannot choose by nothing: it must be a comparison such as params <= 200000");
        }
        while (next < tokens.size()) {
            comparison().ifPresent(constraints::add);
            and();
        }
        return constraints;
    }

    private Optional<Constraint> comparison() {
        int start = next;
        Optional<Measure> measure = measure();
        Optional<Constraint.Comparison> sign = measure.flatMap(read -> sign(read));
        Optional<Double> bound = sign.flatMap(read -> number(measure.orElseThrow()));
        if (bound.isEmpty()) {
            // What follows is read from the next comparison on, so that its problems are told too.
            while (next < tokens.size() && !isAnd(tokens.get(next))) {
                next++;
            }
            if (next == start) {
                problems.add("Cannot read '%s': a comparison is missing before character %d"
                        .formatted(text, tokens.get(start).place));
            }
            return Optional.empty();
        }
        return Optional.of(new Constraint(measure.orElseThrow(), sign.orElseThrow(), bound.orElseThrow()));
    }

    private Optional<Measure> measure() {
        Token token = tokens.get(next);
        if (isAnd(token)) {
            return Optional.empty();
        }
        next++;
        if (token.kind != Token.Kind.WORD) {
            problems.add("Cannot read '%s' at character %d: a measure comes first, as in params <= 200000"
                    .formatted(token.text, token.place));
            return Optional.empty();
        }
        try {
            return Optional.of(Measure.named(token.text, "choose by"));
        } catch (IllegalArgumentException e) {
            problems.add("%s (character %d)".formatted(e.getMessage(), token.place));
            return Optional.empty();
        }
    }

    private Optional<Constraint.Comparison> sign(Measure measure) {
        Optional<Constraint.Comparison> found = next < tokens.size()
                ? switch (tokens.get(next).text) {
                    case "<" -> Optional.of(Constraint.Comparison.LESS);
                    case "<=", "≤" -> Optional.of(Constraint.Comparison.AT_MOST);
                    case "=", "==" -> Optional.of(Constraint.Comparison.EQUAL);
                    case ">=", "≥" -> Optional.of(Constraint.Comparison.AT_LEAST);
                    case ">" -> Optional.of(Constraint.Comparison.GREATER);
                    default -> Optional.empty();
                }
                : Optional.empty();
        if (found.isEmpty()) {
            String signs = Arrays.stream(Constraint.Comparison.values())
                    .map(Constraint.Comparison::sign)
                    .collect(Collectors.joining(" "));
            problems.add("Cannot compare %s: %s is none of %s".formatted(measure, here(), signs));
        } else {
            next++;
        }
        return found;
    }

    private Optional<Double> number(Measure measure) {
        if (next >= tokens.size() || tokens.get(next).kind != Token.Kind.NUMBER) {
            problems.add("Cannot compare %s: %s is no number".formatted(measure, here()));
            return Optional.empty();
        }
        Token token = tokens.get(next);
        double number = Double.parseDouble(token.text.replace("_", ""));
        Optional<Double> read =
                token.unit.map(unit -> inUnit(number, unit, measure)).orElse(Optional.of(number));
        if (read.isEmpty()) {
            problems.add("Cannot compare %s with %s%s at character %d: %s"
                    .formatted(
                            measure,
                            token.text,
                            token.unit.orElse(""),
                            token.place,
                            measure.unit() == Measure.Unit.SHARE
                                    ? "a share is a number from 0 to 1, or has a percent sign"
                                    : "a number may end in k, M or G, and its unit is that of the measure's name"));
            return Optional.empty();
        }
        double bound = read.get();
        if (measure.unit() == Measure.Unit.SHARE && bound > 1) {
            problems.add("Cannot compare %s with %s at character %d: it is a share from 0 to 1; did you mean %s %%?"
                    .formatted(measure, token.text, token.place, token.text));
            return Optional.empty();
        }
        next++;
        return Optional.of(bound);
    }

    private static Optional<Double> inUnit(double number, String unit, Measure measure) {
        boolean share = measure.unit() == Measure.Unit.SHARE;
        if (unit.equals("%")) {
            return share ? Optional.of(percent(number)) : Optional.empty();
        }
        return share ? Optional.empty() : Magnitude.of(unit).map(factor -> number * factor);
    }

    /** Moves the point in the decimal number: binary arithmetic can miss the double that 0.35 or 0.999 is by a bit. */
    private static double percent(double number) {
        return Double.isInfinite(number)
                ? number
                : BigDecimal.valueOf(number).movePointLeft(2).doubleValue();
    }

    /** After a comparison: {@code and}, or nothing more. */
    private void and() {
        if (next >= tokens.size()) {
            return;
        }
        Token token = tokens.get(next);
        if (!isAnd(token)) {
            problems.add("Cannot go on at character %d with '%s': comparisons are joined by and"
                    .formatted(token.place, token.text));
            while (next < tokens.size() && !isAnd(tokens.get(next))) {
                next++;
            }
        }
        next++;
        if (next == tokens.size()) {
            problems.add("Cannot end with '%s': a comparison comes after it".formatted(token.text));
        }
    }

    private static boolean isAnd(Token token) {
        return token.text.equalsIgnoreCase("and") || token.text.equals("&&");
    }

    private String here() {
        return next < tokens.size()
                ? "'%s' at character %d".formatted(tokens.get(next).text, tokens.get(next).place)
                : "the end";
    }
}
