package dev.narrows.torch;

/** The statements of a TorchScript method, one per line, each of which writes a variable of its own. */
final class Statements {
    private final StringBuilder lines = new StringBuilder();
    private int variables;

    /** Adds a statement, as {@link String#formatted} has it, and gives its variable. */
    String assign(String expression, Object... arguments) {
        String variable = "v" + variables++;
        set(variable, expression.formatted(arguments));
        return variable;
    }

    /** Adds a statement that writes a variable of this name. */
    void set(String variable, String expression) {
        lines.append("    ").append(variable).append(" = ").append(expression).append('\n');
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
