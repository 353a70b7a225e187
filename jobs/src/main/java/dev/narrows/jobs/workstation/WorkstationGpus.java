package dev.narrows.jobs.workstation;

import dev.narrows.study.BadInput;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The GPUs of this machine that trials run on.
 *
 * @param choice as it was typed
 * @param addresses one executor each
 * @param trialsAtOnce on each of them: threads of its executor
 * @param fitted true where that number is fitted to each study: 1 until its plan is known
 * @param natives the library that its executors load
 */
public record WorkstationGpus(
        GpuChoice choice, List<String> addresses, int trialsAtOnce, boolean fitted, GpuNatives natives) {
    public WorkstationGpus {
        addresses = List.copyOf(addresses);
        if (trialsAtOnce < 1) {
            throw new BadInput("Cannot run with --trials-per-gpu %d: it must be at least 1".formatted(trialsAtOnce));
        }
    }

    /**
     * Finds the GPUs, and what executors need to compute on them.
     *
     * @param trialsAtOnce on each of them; empty where that is fitted to each study
     * @param note callback for sentences to the user, such as which GPUs are busy with other programs
     * @throws BadInput with the first thing that is missing
     */
    public static WorkstationGpus find(GpuChoice choice, Optional<Integer> trialsAtOnce, Consumer<String> note) {
        FoundGpus found = GpuDiscovery.find();
        if (!found.problem().isEmpty()) {
            throw new BadInput("Cannot use --gpus %s: %s".formatted(choice.typed(), found.problem()));
        }
        List<String> addresses = choice.of(found.addresses());
        GpuNatives natives = GpuNatives.find(System.getenv());
        if (!natives.problem().isEmpty()) {
            throw new BadInput("Cannot use --gpus %s: %s".formatted(choice.typed(), natives.problem()));
        }
        WorkstationGpus gpus =
                new WorkstationGpus(choice, addresses, trialsAtOnce.orElse(1), trialsAtOnce.isEmpty(), natives);
        found.notes().forEach(note);
        return gpus;
    }

    /** The same GPUs with another number of trials at once on each. */
    public WorkstationGpus with(int trials) {
        return new WorkstationGpus(choice, addresses, trials, fitted, natives);
    }

    /** Number of trials at once on all of them. */
    public int slots() {
        return addresses.size() * trialsAtOnce;
    }

    /** The share of a GPU that a trial asks for, rounded so that all of them fit. */
    public double share() {
        double billion = 1e9;
        return Math.floor(billion / trialsAtOnce) / billion;
    }

    /** The addresses in words. */
    public String named() {
        return (addresses.size() == 1 ? "GPU " : "GPUs ") + String.join(", ", addresses);
    }
}
