package dev.narrows.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.family.Families;
import dev.narrows.onnx.OnnxModel;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Lowering;
import dev.narrows.space.Planner;
import dev.narrows.space.Variant;
import dev.narrows.study.reading.StudyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX's own checker takes what is exported, of every family in every style. */
class OnnxCheckerTest {
    private static final String STYLES = "norm = [batch, layer, none], activation = [relu, relu6, gelu]";

    @TempDir
    private Path folder;

    /** Each family over all styles, and the knobs that bring operators of their own. */
    private List<Variant> variants() throws IOException {
        List<String> grid = Families.load().names().stream()
                .map(family -> "{ family = %s, %s }".formatted(family, STYLES))
                .collect(Collectors.toCollection(ArrayList::new));
        grid.add("{ family = u-net, up = [bilinear, nearest, transposed], pool = [max, average] }");
        grid.add("{ family = plain, pool = average, head { hidden = [20, 12], pool = 2 } }");
        grid.add("{ family = bottleneck, cardinality = 4 }");
        Path study = Files.writeString(
                folder.resolve("all.conf"),
                "study = all, input { shape = [3, 32, 32], classes = 7 }\ngrid = [\n" + String.join("\n", grid)
                        + "\n]\n");
        return Planner.plan(StudyReader.read(study, List.of())).variants();
    }

    @Test
    void exportedFilesAreValidWithEveryShapeInferred() throws Exception {
        PythonEnvironment python = PythonEnvironment.of("jobs/src/test/python/onnx-requirements.txt");
        List<Variant> variants = variants();
        assertThat(variants)
                .extracting(Variant::family)
                .containsAll(Families.load().names());
        List<Path> files = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (Variant variant : variants) {
            Path file = folder.resolve(variant.id() + ".onnx");
            Files.write(
                    file,
                    OnnxModel.of(
                            "network",
                            variant.network(),
                            variant.input(),
                            Initialisation.of(Lowering.of(variant.network(), variant.input()), 0),
                            Map.of("narrows.variant", variant.label())));
            files.add(file);
            expected.add(file + " Nx3x32x32 " + (variant.family().equals("u-net") ? "Nx7x32x32" : "Nx7"));
        }

        PythonEnvironment.Run run =
                python.run(Path.of("src/test/python/onnx_files.py"), Duration.ofMinutes(5), files.toArray());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).containsExactlyElementsOf(expected);
    }
}
