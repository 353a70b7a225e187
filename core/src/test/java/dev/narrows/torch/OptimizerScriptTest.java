package dev.narrows.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.net.Chain;
import dev.narrows.net.Conv;
import dev.narrows.net.Flatten;
import dev.narrows.net.Layer;
import dev.narrows.net.Linear;
import dev.narrows.net.Shape;
import dev.narrows.program.Lowering;
import dev.narrows.program.Parameter;
import dev.narrows.study.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text of an optimizer's step decides the bits of every trial, so it is written down. */
class OptimizerScriptTest {
    private static final boolean WRITE = System.getenv("NARROWS_WRITE_GOLDEN") != null;
    private static final Path GOLDEN = Path.of("src/test/resources/dev/narrows/torch/steps.txt");

    private static final List<Optimizer> OPTIMIZERS = List.of(
            new Optimizer.Sgd(0.9, true, 5e-4),
            new Optimizer.Sgd(0.9, false, 5e-4),
            new Optimizer.Sgd(0.85, true, 0),
            new Optimizer.Sgd(0, false, 0),
            new Optimizer.Sgd(0, false, 0.01),
            new Optimizer.AdamW(0.9, 0.999, 1e-8, 0.05),
            new Optimizer.AdamW(0.8, 0.99, 1e-6, 0));

    @Test
    void theStepOfEachOptimizerIsTheGoldenOne() throws IOException {
        Layer network = Chain.of(new Conv(3, 4, 3, 1, 1, 1, true), new Flatten(), new Linear(4, 2, true));
        List<Parameter> trainable = Lowering.of(network, new Shape(3, 1, 1)).trainable();
        StringBuilder text = new StringBuilder();
        for (Optimizer optimizer : OPTIMIZERS) {
            for (double clipNorm : new double[] {0, 1.5}) {
                text.append("%s keeps %s, clipped at %s\n"
                                .formatted(
                                        optimizer,
                                        optimizer.state().stream()
                                                .map(name -> name + "_")
                                                .toList(),
                                        clipNorm))
                        .append(OptimizerScript.parameters(optimizer))
                        .append(OptimizerScript.move(optimizer, trainable, clipNorm, false, false))
                        .append("fused\n")
                        .append(OptimizerScript.move(optimizer, trainable, clipNorm, false, true))
                        .append('\n');
            }
        }
        for (boolean fused : new boolean[] {false, true}) {
            text.append("fp16, fused %s\n".formatted(fused))
                    .append(OptimizerScript.move(OPTIMIZERS.get(0), trainable, 1.5, true, fused));
        }
        if (WRITE) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text.toString()).isEqualTo(Files.readString(GOLDEN));
    }
}
