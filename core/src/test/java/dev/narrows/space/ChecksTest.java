package dev.narrows.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.net.Shape;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.study.Task;
import dev.narrows.study.reading.StudyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {
    @TempDir
    private Path folder;

    private Plan plan(Task task, Shape shape, int classes, String rest) throws IOException {
        Path file = folder.resolve("x.conf");
        Files.writeString(file, "study = x, data { source = set }\n" + rest);
        Study study = StudyReader.read(file, List.of());
        return Planner.plan(study, new Study.Input(shape, classes, Optional.of(task)));
    }

    @Test
    void networkWhoseOutputDoesNotFitTheTaskIsRejected() throws IOException {
        String both = "grid = [ { family = u-net }, { family = residual } ]";
        Plan labels = plan(Task.CLASSIFICATION, new Shape(1, 28, 28), 10, both);
        assertThat(labels.variants()).extracting(Variant::family).containsExactly("residual");
        assertThat(labels.rejections())
                .extracting(Rejection::reason)
                .containsExactly(
                        "Cannot train u-net on set: it puts out 10x28x28, and the data has one label per image");
        Plan masks = plan(Task.SEGMENTATION, new Shape(1, 64, 64), 2, both);
        assertThat(masks.variants()).extracting(Variant::family).containsExactly("u-net");
        assertThat(masks.rejections())
                .extracting(Rejection::reason)
                .containsExactly(
                        "Cannot train residual on set: it puts out 2x1x1, and the data has a mask of 64x64 per image");
    }

    @Test
    void unpaddedNetworkFitsTheMiddleOfTheMask() throws IOException {
        Plan plan = plan(
                Task.SEGMENTATION, new Shape(1, 64, 64), 2, "grid = [ { family = u-net, depth = 1, padded = false } ]");
        assertThat(plan.variants()).hasSize(1);
    }

    @Test
    void settingsOfMasksAreRefusedWhereThereAreLabels() {
        assertThatThrownBy(() -> plan(Task.CLASSIFICATION, new Shape(1, 28, 20), 10, """
                        grid = [ { family = residual } ]
                        training { loss = [cross-entropy, dice], augment { turn = true } }
                        objectives = [ { maximize = validation_dice } ]
                        """))
                .isInstanceOf(BadInput.class)
                .extracting(e -> ((BadInput) e)
                        .problems().stream()
                                .map(problem -> problem.replaceFirst(".*x.conf: ", ""))
                                .toList())
                .isEqualTo(List.of(
                        "Cannot choose by validation_dice: it is defined for masks, and the data has one"
                                + " label per image",
                        "Cannot train by the Dice loss: it is defined for masks, and the data has one label per image",
                        "Cannot turn images of 1x28x20 by quarters: they must be square"));
    }
}
