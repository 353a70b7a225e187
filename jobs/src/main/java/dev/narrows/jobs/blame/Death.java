package dev.narrows.jobs.blame;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a process in which a trial ran.
 *
 * @param exitCode as in a shell, 128 and more for a signal; empty where nobody saw it
 * @param host that it ran on
 * @param words other known facts
 * @param outside true where Spark says that nothing inside the process ended it: its worker or its host went away
 */
public record Death(Optional<Integer> exitCode, String host, String words, boolean outside) {
    /** The exit code of a process in which a trial hangs: the others in it have done nothing. */
    public static final int HUNG = 75;

    /** The exit code of a process whose GPU computes nothing any more, because of an error in one of its trials. */
    public static final int SPOILT_GPU = 76;

    private static final int SIGNALS = 128;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private static final Map<Integer, String> NAMES = Map.of(
            4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", SIGKILL, "SIGKILL", 11, "SIGSEGV", SIGTERM, "SIGTERM");

    private static final Pattern LOST =
            Pattern.compile("\\((\\S+) executor \\S+\\): ExecutorLostFailure \\((.*?)\\)(?: Reason: (.*))?");
    private static final String OUTSIDE = "unrelated to the running tasks";
    private static final Pattern CODE = Pattern.compile("(?i)exit(?:ed with)? (?:code|status):? (\\d+)");

    /** Reads the message of a job that Spark aborted; empty where no lost process ended it. */
    public static Optional<Death> of(String message) {
        Matcher lost = LOST.matcher(message);
        if (!lost.find()) {
            return Optional.empty();
        }
        String words = Optional.ofNullable(lost.group(3))
                .orElse("its executor was lost")
                .strip();
        Matcher code = CODE.matcher(words);
        return Optional.of(new Death(
                code.find() ? Optional.of(Integer.valueOf(code.group(1))) : Optional.empty(),
                lost.group(1),
                words,
                lost.group(2).contains(OUTSIDE)));
    }

    /** A process that this host's own launcher saw dying. */
    static Death here(Optional<Integer> exitCode, String host) {
        return new Death(exitCode, host, "an unknown cause", false);
    }

    /** True where an alarm ended the process, because a trial in it hangs. */
    public boolean isHang() {
        return exitCode.equals(Optional.of(HUNG));
    }

    /** True where no trial did it: the worker or the host went away, or somebody asked the process to end. */
    public boolean isNobodysFault() {
        return outside || exitCode.equals(Optional.of(SIGNALS + SIGTERM));
    }

    boolean isKill() {
        return exitCode.equals(Optional.of(SIGNALS + SIGKILL));
    }

    /** The line of the suspects' file, with the host at its end. */
    public String cause() {
        return "%s on %s".formatted(exitCode.map(Death::name).orElse(words), host);
    }

    private static String name(int code) {
        if (code == SPOILT_GPU) {
            return "exit code %d (a CUDA error, after which nothing runs on the GPU in that process)".formatted(code);
        }
        if (code <= SIGNALS) {
            return "exit code " + code;
        }
        int signal = code - SIGNALS;
        String name = NAMES.get(signal);
        return name == null ? "signal " + signal : "signal %d (%s)".formatted(signal, name);
    }

    /**
     * True for a cause that is the trial's own for sure: signal 9 may be the kernel's, for want of memory, or by hand.
     */
    static boolean isSure(String cause) {
        return !cause.startsWith(name(SIGNALS + SIGKILL) + " on ");
    }

    /** The host that a cause ends with. */
    static String host(String cause) {
        return cause.substring(cause.lastIndexOf(" on ") + " on ".length());
    }
}
