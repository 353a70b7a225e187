package dev.narrows.jobs.cluster;

import dev.narrows.jobs.workstation.WorkstationGpus;
import dev.narrows.study.BadInput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * The place that a person has chosen for trials: GPUs of this machine, else a master, else this process.
 *
 * @param master Spark's master URL; empty for the one that Spark's own settings name, or none
 * @param slots trials at once inside this process; as many as cores and threads allow where it is empty
 * @param gpus of this machine
 */
public record ComputePlace(Optional<String> master, Optional<Integer> slots, Optional<WorkstationGpus> gpus) {
    private static final String MASTER = "spark.master";

    /** Settings that mean nothing inside one process. */
    private static final String FOR_EXECUTORS =
            "spark\\.(executor\\.instances|cores\\.max|(executor|task)\\.resource\\..+\\.amount"
                    + "|kubernetes\\.container\\.image)";

    /** The place without options: as Spark's own settings say. */
    public static final ComputePlace ANY = new ComputePlace(Optional.empty(), Optional.empty(), Optional.empty());

    /** A place at a master, or in this process. */
    public static ComputePlace at(Optional<String> master, Optional<Integer> slots) {
        return new ComputePlace(master, slots, Optional.empty());
    }

    /** The same place with other settings of its GPUs. */
    public ComputePlace with(WorkstationGpus others) {
        return new ComputePlace(master, slots, Optional.of(others));
    }

    /** @throws BadInput where the options, or Spark's own settings, contradict each other */
    public ComputePlace {
        slots.filter(number -> number < 1).ifPresent(number -> {
            throw new BadInput("Cannot run with --slots %d: it must be at least 1".formatted(number));
        });
        if (slots.isPresent() && master.isPresent()) {
            throw new BadInput(
                    "Cannot run with --slots and --master: the master's executors decide how many slots there are");
        }
        if (slots.isPresent() && gpus.isPresent()) {
            throw new BadInput("Cannot run with --slots and --gpus: --trials-per-gpu says how many trials run at once");
        }
        Optional<String> named = master.or(() -> Optional.ofNullable(System.getProperty(MASTER)));
        if (named.isPresent() && gpus.isPresent()) {
            throw new BadInput(("Cannot run with --gpus at master %s: --gpus starts executors on this machine; a"
                            + " cluster's GPUs are asked for by spark.task.resource.gpu.amount")
                    .formatted(named.get()));
        }
    }

    /**
     * Refuses settings that ask for executors where nobody gives any, so that nothing is computed on the processor of
     * this machine in silence.
     *
     * @throws BadInput with these settings
     */
    public void requireExecutorsAreGiven() {
        SparkConf settings = new SparkConf();
        if (master.isPresent() || gpus.isPresent() || settings.contains(MASTER)) {
            return;
        }
        List<String> asking = Arrays.stream(settings.getAll())
                .map(scala.Tuple2::_1)
                .filter(key -> key.matches(FOR_EXECUTORS))
                .sorted()
                .toList();
        if (!asking.isEmpty()) {
            throw new BadInput(("Cannot compute inside this process: %s %s executors of a cluster, and no master is"
                            + " named; add --master URL or spark.master")
                    .formatted(String.join(", ", asking), asking.size() == 1 ? "asks for" : "ask for"));
        }
    }
}
