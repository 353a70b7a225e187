package dev.narrows.jobs.fanout;

import dev.narrows.jobs.blame.Death;

/** Trials hang inside the driver's own process, which has to be ended; their rows are kept, and all others' too. */
public final class HungException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The exit code for the process, by which its launcher starts it again without blame. */
    public static final int EXIT_CODE = Death.HUNG;

    HungException(int trials) {
        super(trials == 1 ? "1 trial hangs and keeps its slot" : trials + " trials hang and keep their slots");
    }
}
