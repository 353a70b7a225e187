package dev.narrows.jobs.folder;

/** The results folder belongs to another driver, so that this one may write nothing more into it. */
public final class FolderLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FolderLostException(String message) {
        super(message);
    }
}
