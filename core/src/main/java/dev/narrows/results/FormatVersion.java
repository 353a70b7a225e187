package dev.narrows.results;

import dev.narrows.files.Folder;
import dev.narrows.study.BadInput;

/**
 * The version of the format that a results folder is written in, a number in a file of it. Folders from before there
 * was such a file are of version 1.
 *
 * <p>It is raised when an older version would take what lies there for something else. Files that an older version
 * reads keep their names, so that what it does not know is not there for it.
 */
record FormatVersion(Folder folder) {
    /** Version 2 also has records of trials that have not ended, and of trials that a run has added. */
    static final int CURRENT = 2;

    private static final String FILE = "_format";

    /** @throws BadInput where a newer version of Narrows has written here */
    void check() {
        folder.text(FILE).map(String::strip).ifPresent(this::check);
    }

    private void check(String version) {
        if (!version.matches("[0-9]{1,9}")) {
            throw new BadInput("Cannot read %s/%s: it holds '%s' and no version of a format"
                    .formatted(folder, FILE, version.lines().findFirst().orElse("")));
        }
        if (Integer.parseInt(version) > CURRENT) {
            throw new BadInput(("Cannot read the results in %s: a newer version of Narrows wrote them, in format %s,"
                            + " and this one knows formats up to %d; use that version")
                    .formatted(folder, version, CURRENT));
        }
    }

    /**
     * Writes that what comes is of this version.
     *
     * @throws BadInput where a newer version of Narrows has written here
     */
    void keep() {
        check();
        String current = CURRENT + "\n";
        if (folder.text(FILE).filter(current::equals).isEmpty()) {
            folder.write(FILE, current);
        }
    }
}
