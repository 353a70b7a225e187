package dev.narrows.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.tradeoff.MixedDevices;
import dev.narrows.trial.Environment;
import dev.narrows.trial.GpuEnvironment;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.TrialResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixedDevicesTest {
    private static TrialRow on(Environment environment) {
        return new TrialRow(
                Rows.completed("a").trial(), TrialResult.bare("a", Outcome.FAILED, "for once", environment, 0, 1));
    }

    private static TrialRow onProcessor(String processor) {
        return on(new Environment("host", processor, "cpu", "fp32", 1, "a=1"));
    }

    private static TrialRow onGpu(String processor, String model) {
        GpuEnvironment gpu = new GpuEnvironment(model, "9.0", "", "", "");
        return on(new Environment("host", processor, "gpu:0", "bf16", 1, "a=1", gpu));
    }

    @Test
    void oneKindOfDeviceNeedsNoNote() {
        assertThat(MixedDevices.notes(List.of(onProcessor("Zen"), onProcessor("Zen"), onProcessor(""))))
                .isEmpty();
        assertThat(MixedDevices.notes(List.of(onGpu("Zen", "H100"), onGpu("Xeon", "H100"))))
                .as("the processor beside a GPU")
                .isEmpty();
    }

    @Test
    void kindsOfProcessorAreNamed() {
        assertThat(MixedDevices.notes(List.of(onProcessor("Zen"), onProcessor("Xeon"))))
                .containsExactly(
                        "Trials ran on 2 kinds of processor (Xeon, Zen): times and the last bits of accuracies differ"
                                + " between them; the columns host and processor name the machine of each trial");
    }

    @Test
    void kindsOfGpuAreNamed() {
        assertThat(MixedDevices.notes(List.of(onGpu("Zen", "H100"), onGpu("Zen", "A100"), onGpu("Zen", "H100"))))
                .containsExactly(
                        "Trials ran on 2 kinds of GPU (A100, H100): times and the last bits of accuracies differ"
                                + " between them; the columns host and gpu name the GPU of each trial");
    }

    @Test
    void processorsBesideGpusAreTold() {
        assertThat(MixedDevices.notes(List.of(onProcessor("Zen"), onGpu("Zen", "H100"))))
                .containsExactly(
                        "Some trials ran on processors and some on GPUs: times and the last bits of accuracies differ"
                                + " between them; the column device names which");
    }
}
