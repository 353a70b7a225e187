package dev.narrows.tradeoff;

import dev.narrows.results.TrialRow;
import dev.narrows.trial.Environment;
import dev.narrows.trial.GpuEnvironment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Notes on trials that ran on several kinds of device: times differ between them, and the same bits are promised within
 * one kind only. The processor beside a GPU decides neither.
 */
public final class MixedDevices {
    private MixedDevices() {}

    /** Sentences for a reader of figures; none where all trials ran on one kind of device. */
    public static List<String> notes(Collection<TrialRow> rows) {
        List<Environment> environments =
                rows.stream().map(row -> row.result().environment()).toList();
        List<String> processors = distinct(environments.stream()
                .filter(environment -> !environment.isGpu())
                .map(Environment::processor));
        List<String> gpus = distinct(environments.stream()
                .flatMap(environment -> Stream.ofNullable(environment.gpu()).map(GpuEnvironment::model)));
        List<String> notes = new ArrayList<>();
        if (processors.size() > 1) {
            notes.add(("Trials ran on %d kinds of processor (%s): times and the last bits of accuracies"
                            + " differ between them; the columns host and processor name the machine of each trial")
                    .formatted(processors.size(), String.join(", ", processors)));
        }
        if (gpus.size() > 1) {
            notes.add(("Trials ran on %d kinds of GPU (%s): times and the last bits of accuracies differ"
                            + " between them; the columns host and gpu name the GPU of each trial")
                    .formatted(gpus.size(), String.join(", ", gpus)));
        }
        if (!processors.isEmpty() && !gpus.isEmpty()) {
            notes.add("Some trials ran on processors and some on GPUs: times and the last bits of accuracies differ"
                    + " between them; the column device names which");
        }
        return notes;
    }

    private static List<String> distinct(Stream<String> words) {
        return words.filter(word -> !word.isEmpty()).distinct().sorted().toList();
    }
}
