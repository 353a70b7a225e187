package dev.narrows.program.rule;

import dev.narrows.program.Form;
import dev.narrows.program.Program;

/** The same steps in a form whose name says which rules come next, and on which devices. */
record InForm(Form form) implements Rule {
    @Override
    public Program apply(Program program) {
        return program.in(form);
    }
}
