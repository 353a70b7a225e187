package dev.narrows.engine;

import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.study.Precision;

/** Choices of the engine on the processor of this machine. */
public final class ThisProcessor {
    private ThisProcessor() {}

    /** Its kind and its model. */
    public static String text() {
        return "%s (%s)"
                .formatted(Processor.here().kind().text(), Processor.here().model());
    }

    /** Form that trials of a precision take here, where a network suits it. */
    public static Form form(Precision precision) {
        return Engine.form("cpu", precision);
    }

    /** Type of what convolutions compute in. */
    public static ElementType elementType(Precision precision) {
        return Engine.elementType(precision);
    }
}
