package dev.narrows.jobs.show;

/** One word of a command line that a person pastes into a shell. */
public final class ShellWord {
    private ShellWord() {}

    /** The word, in quotes where a shell would read it otherwise. */
    public static String of(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
