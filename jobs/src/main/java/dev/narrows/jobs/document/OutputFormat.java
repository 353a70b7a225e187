package dev.narrows.jobs.document;

/** The form in which a command prints its result. */
public enum OutputFormat {
    /** For people. */
    text,
    /** A table with a header, for spreadsheets. */
    csv,
    /** One document, for programs. */
    json
}
