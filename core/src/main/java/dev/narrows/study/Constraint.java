package dev.narrows.study;

import java.io.Serializable;

/**
 * A condition for a variant to be chosen: {@code params <= 200000}.
 *
 * @param bound in the unit of the measure
 */
public record Constraint(Measure measure, Comparison comparison, double bound) implements Serializable {
    /** The relation of a value to the bound. */
    public enum Comparison {
        LESS("<"),
        AT_MOST("<="),
        EQUAL("="),
        AT_LEAST(">="),
        GREATER(">");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** The sign in expressions. */
        public String sign() {
            return sign;
        }
    }

    /** True where a value meets it; one that was not measured, a NaN, does not. */
    public boolean holds(double value) {
        return switch (comparison) {
            case LESS -> value < bound;
            case AT_MOST -> value <= bound;
            case EQUAL -> value == bound;
            case AT_LEAST -> value >= bound;
            case GREATER -> value > bound;
        };
    }

    @Override
    public String toString() {
        String number = bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
        return measure + " " + comparison.sign() + " " + number;
    }
}
