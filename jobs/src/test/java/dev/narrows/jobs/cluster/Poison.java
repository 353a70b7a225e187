package dev.narrows.jobs.cluster;

import com.sun.jna.NativeLibrary;
import dev.narrows.engine.Watch;
import dev.narrows.jobs.executor.TrialTask;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;

/** Trials that hurt the process they run in, each as its id says; all others sleep a little and complete. */
record Poison() implements TrialTask {
    private static final int SIGKILL = 9;

    @Override
    public TrialResult run(Trial trial, String device, Watch watch) throws Exception {
        long startedAt = System.currentTimeMillis();
        switch (trial.id()) {
            case "abort" -> call("abort");
            case "exit" -> System.exit(3);
            // What the kernel does to a process that asks for too much memory.
            case "memory" -> call("kill", (int) ProcessHandle.current().pid(), SIGKILL);
            case "loop" -> spin();
            case "native", "silent" -> call("pause");
            case "cuda" -> throw new IllegalStateException("CUDA error: an illegal memory access was encountered");
            case "nan" -> {
                return ended(trial, Outcome.DIVERGED, device, startedAt);
            }
            default -> Thread.sleep(150);
        }
        return ended(trial, Outcome.COMPLETED, device, startedAt);
    }

    @Override
    public double patienceSeconds() {
        return 2;
    }

    @Override
    public double silenceSeconds() {
        return 4;
    }

    @SuppressWarnings("InfiniteLoop")
    private static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private static void call(String function, Object... arguments) {
        NativeLibrary.getInstance("c").getFunction(function).invokeInt(arguments);
    }

    private static TrialResult ended(Trial trial, Outcome outcome, String device, long startedAt) {
        Environment environment =
                new Environment(String.valueOf(ProcessHandle.current().pid()), "", device, "fp32", 1, "tests");
        return TrialResult.bare(
                trial.id(), outcome, null, environment, startedAt, (System.currentTimeMillis() - startedAt) / 1000.0);
    }
}
