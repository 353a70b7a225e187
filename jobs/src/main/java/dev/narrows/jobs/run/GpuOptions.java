package dev.narrows.jobs.run;

import dev.narrows.jobs.cluster.ComputePlace;
import dev.narrows.jobs.workstation.FoundGpus;
import dev.narrows.jobs.workstation.GpuChoice;
import dev.narrows.jobs.workstation.GpuDiscovery;
import dev.narrows.jobs.workstation.WorkstationGpus;
import dev.narrows.study.BadInput;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which trials run on GPUs of this machine, for every command that computes or plans. */
public final class GpuOptions {
    private static final String AUTO = "auto";
    private static final String ONE_TRIAL = "1";

    @Option(
            names = "--gpus",
            paramLabel = "GPUS",
            description = "run trials on GPUs of this machine: all, a number of GPUs, or addresses such as 0,3"
                    + " (narrows gpu-natives installs what they need)")
    private Optional<String> wanted = Optional.empty();

    @Option(
            names = "--trials-per-gpu",
            paramLabel = "K",
            description = "trials at once on each GPU of --gpus: a number, or auto, as many as memory and cores allow"
                    + " (default: 1)")
    private Optional<String> trialsAtOnce = Optional.empty();

    private @Nullable WorkstationGpus found;

    /**
     * The GPUs to use; empty where none are asked for. They are looked for once.
     *
     * @param note callback for sentences to the user
     * @throws BadInput where they cannot be used, with what is missing
     */
    public Optional<WorkstationGpus> gpus(Consumer<String> note) {
        if (trialsAtOnce.isPresent() && wanted.isEmpty()) {
            throw new BadInput("Cannot take --trials-per-gpu %s without --gpus".formatted(trialsAtOnce.get()));
        }
        if (found == null && wanted.isPresent()) {
            found = WorkstationGpus.find(GpuChoice.parse(wanted.get()), number(trialsAtOnce.orElse(ONE_TRIAL)), note);
        }
        return Optional.ofNullable(found);
    }

    private static Optional<Integer> number(String word) {
        if (word.equals(AUTO)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.valueOf(word));
        } catch (NumberFormatException e) {
            throw new BadInput("Cannot take --trials-per-gpu %s: it must be a whole number, or auto".formatted(word));
        }
    }

    /**
     * The place of trials under these options and others.
     *
     * @throws BadInput where they contradict each other, or cannot be met
     */
    public ComputePlace place(Optional<String> master, Optional<Integer> slots, Consumer<String> note) {
        if (wanted.isPresent() && master.isPresent()) {
            throw new BadInput("Cannot run with --gpus and --master: --gpus starts executors on this machine");
        }
        ComputePlace place = new ComputePlace(master, slots, gpus(note));
        place.requireExecutorsAreGiven();
        return place;
    }

    /** A sentence about GPUs of this machine that nobody asked for; empty where there are none. */
    public static Optional<String> unused(ComputePlace place) {
        if (place.gpus().isPresent()
                || place.master().isPresent()
                || System.getProperty("spark.master") != null
                || !GpuDiscovery.isPromising()) {
            return Optional.empty();
        }
        FoundGpus gpus = GpuDiscovery.find();
        return gpus.addresses().isEmpty()
                ? Optional.empty()
                : Optional.of("This machine has %s, and trials run on its processor: --gpus all uses %s (docs/gpu.md)"
                        .formatted(
                                gpus.addresses().size() == 1
                                        ? "a GPU"
                                        : gpus.addresses().size() + " GPUs",
                                gpus.addresses().size() == 1 ? "it" : "them"));
    }

    /** The options as a person typed them, each after a space, for a shell. */
    String typed() {
        return wanted.map(word -> " --gpus " + word).orElse("")
                + trialsAtOnce.map(number -> " --trials-per-gpu " + number).orElse("");
    }
}
