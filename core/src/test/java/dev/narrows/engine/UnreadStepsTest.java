package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Program;
import dev.narrows.program.rule.Rules;
import dev.narrows.torch.InferenceModule;
import org.junit.jupiter.api.Test;

class UnreadStepsTest {
    private static final Program PROGRAM = Rules.kept(SmallNetworks.bottleneck(), SmallNetworks.INPUT);
    private static final byte[] ARCHIVE = InferenceModule.of(PROGRAM, Initialisation.of(PROGRAM, 0));

    private static NDArray number(PtNDManager step, float number) {
        return step.create(number);
    }

    /** A step's tensors belong to a manager of its own, which is closed behind it. */
    private static void add(Module module, UnreadSteps unread, float loss, long hits, long... positions) {
        try (PtNDManager step = (PtNDManager) module.manager().newSubManager()) {
            NDList out = new NDList(number(step, loss), step.create(hits));
            for (long counted : positions) {
                out.add(step.create(counted));
            }
            unread.add(out, number(step, loss * loss), 8);
        }
    }

    @Test
    void figuresComeInTheOrderOfStepsAndOutliveThem() {
        try (PtNDManager manager = Engine.start(1).manager("cpu");
                Module module = new Module(manager, ARCHIVE);
                UnreadSteps unread = new UnreadSteps(module)) {
            add(module, unread, 2, 3);
            add(module, unread, Float.NaN, 4);
            assertThat(unread.count()).isEqualTo(2);
            assertThat(unread.read())
                    .containsExactly(new StepFigures(2, 3, 8, 4), new StepFigures(Float.NaN, 4, 8, Float.NaN));
            add(module, unread, 5, 6, 7);
            assertThat(unread.read())
                    .as("positions that the module counted")
                    .containsExactly(new StepFigures(5, 6, 7, 25));
        }
    }

    @Test
    void nothingIsKeptOnceItIsRead() {
        try (PtNDManager manager = Engine.start(1).manager("cpu");
                Module module = new Module(manager, ARCHIVE);
                UnreadSteps unread = new UnreadSteps(module)) {
            for (int window = 0; window < 3; window++) {
                for (int step = 1; step <= ReadingPace.MOST_STEPS; step++) {
                    add(module, unread, step, step);
                }
                assertThat(unread.tensors()).isEqualTo(3 * ReadingPace.MOST_STEPS);
                assertThat(unread.read()).hasSize(ReadingPace.MOST_STEPS);
                assertThat(unread.tensors()).isZero();
                assertThat(unread.read()).isEmpty();
            }
        }
    }
}
