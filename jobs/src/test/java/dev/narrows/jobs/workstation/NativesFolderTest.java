package dev.narrows.jobs.workstation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.cluster.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code narrows gpu-natives} with the real venv and pip, and a wheel of a few bytes in the place of the real one. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class NativesFolderTest {
    private static final String DISTRIBUTION = "torch-" + GpuNatives.VERSION + ".dist-info/";

    @TempDir
    Path folder;

    @Test
    void nothingIsNotedUntilTheEnvironmentIsWhole() throws Exception {
        Assumptions.assumeTrue(hasVenv(), "python3 here cannot make environments");
        Path wheels = Files.createDirectory(folder.resolve("wheels"));
        Path note = folder.resolve("config/gpu-natives");
        Path environment = folder.resolve("data/torch-" + GpuNatives.VERSION);

        Run dry = run("--dry-run");
        assertThat(dry.exitCode).as(dry.said).isZero();
        assertThat(dry.said)
                .contains(("Installs PyTorch %s for CUDA by pip of python3 into %s: about 3.0 GB to download"
                                + " and 5.4 GB on disk")
                        .formatted(GpuNatives.VERSION, environment))
                .contains("Nothing was done (--dry-run)");
        assertThat(environment).doesNotExist();

        Run failed = run();
        assertThat(failed.exitCode).as(failed.said).isEqualTo(1);
        assertThat(failed.said)
                .contains("Cannot install PyTorch %s for CUDA: ".formatted(GpuNatives.VERSION))
                .contains(" ended with exit code 1: ERROR: No matching distribution found for torch==");
        assertThat(environment).exists();
        assertThat(note).doesNotExist();

        wheel(wheels);
        Run installed = run();
        assertThat(installed.exitCode).as(installed.said).isZero();
        assertThat(installed.said).endsWith("Next: narrows doctor --gpus all\n");
        GpuNatives natives = GpuNatives.find(Map.of("NARROWS_GPU_NATIVES", note.toString()));
        assertThat(natives.problem()).isEmpty();
        assertThat(natives.environment().get("LD_LIBRARY_PATH"))
                .startsWith(environment.resolve("lib").toString())
                .contains("/site-packages/torch/lib:")
                .contains("/site-packages/nvidia/cudnn/lib:")
                .endsWith("/site-packages/cusparselt/lib");
        assertThat(environment.resolve("tmp")).doesNotExist();

        Run again = run();
        assertThat(again.exitCode).isZero();
        assertThat(again.said)
                .isEqualTo("PyTorch %s for CUDA is installed in %s, as %s says\n"
                        .formatted(GpuNatives.VERSION, environment, note));
    }

    @Test
    void aPythonThatIsNotThereIsRefused() throws Exception {
        Run run = run("--python", folder + "/python");
        assertThat(run.exitCode).isEqualTo(2);
        assertThat(run.said)
                .isEqualTo(("Cannot install PyTorch %s for CUDA with %s/python: it cannot be started (Debian:"
                                + " apt-get install python3 python3-venv); name another by --python\n")
                        .formatted(GpuNatives.VERSION, folder));
    }

    private static boolean hasVenv() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import venv, ensurepip")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void wheel(Path wheels) throws IOException {
        Path wheel = wheels.resolve("torch-%s-py3-none-any.whl".formatted(GpuNatives.VERSION));
        Map<String, String> files = Map.of(
                "torch/lib/libtorch_cuda.so",
                "",
                "nvidia/cudnn/lib/libcudnn.so",
                "",
                "cusparselt/lib/libcusparseLt.so.0",
                "",
                DISTRIBUTION + "METADATA",
                "Metadata-Version: 2.1\nName: torch\nVersion: %s\n".formatted(GpuNatives.VERSION),
                DISTRIBUTION + "WHEEL",
                "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
                DISTRIBUTION + "RECORD",
                "");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    private record Run(int exitCode, String said) {}

    private Run run(String... options) throws Exception {
        Path said = folder.resolve("said.txt");
        List<String> command = new ArrayList<>(StandaloneCluster.javaCommand("-Xmx256m"));
        command.addAll(List.of("dev.narrows.jobs.Narrows", "gpu-natives", "--folder", folder + "/data"));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("NARROWS_GPU_NATIVES", folder + "/config/gpu-natives");
        builder.environment().put("PIP_NO_INDEX", "1");
        builder.environment().put("PIP_FIND_LINKS", folder + "/wheels");
        int exitCode = builder.start().waitFor();
        String text = Files.readString(said);
        return new Run(
                exitCode,
                text.lines()
                        .filter(line -> !line.startsWith("WARNING: "))
                        .map(line -> line + "\n")
                        .reduce("", String::concat));
    }
}
