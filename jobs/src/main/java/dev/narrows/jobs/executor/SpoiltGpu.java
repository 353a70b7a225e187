package dev.narrows.jobs.executor;

import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Errors after which CUDA's context, which all trials of a process share, computes nothing any more. Want of memory and
 * wrong arguments are not among them: those are a trial's own, and leave the context as it was.
 */
final class SpoiltGpu {
    private static final Pattern ERROR = Pattern.compile(
            "CUDA error.*(an illegal memory access|an illegal instruction|misaligned address|device-side assert"
                    + "|unspecified launch failure|the launch timed out|hardware stack error|invalid program counter"
                    + "|operation not supported on global/shared address space|uncorrectable ECC error"
                    + "|operation failed due to a previous error during capture)"
                    + "|CUDA error (214|70[02]|71\\d|901)\\b"
                    + "|(CUDNN|CUBLAS)_STATUS_(EXECUTION_FAILED|MAPPING_ERROR)");

    private SpoiltGpu() {}

    /** True for a trial that failed by such an error, its own or that of a trial beside it. */
    static boolean isToldBy(TrialResult result) {
        return result.outcome() == Outcome.FAILED
                && ERROR.matcher(Objects.requireNonNullElse(result.message(), ""))
                        .find();
    }
}
