package dev.narrows.jobs.show;

/** The form of the progress of a run, on standard error. */
public enum ProgressForm {
    /** A bar on a terminal, a line now and then elsewhere. */
    text,
    /** One JSON object per line, for programs. */
    json,
    /** Nothing. */
    none
}
