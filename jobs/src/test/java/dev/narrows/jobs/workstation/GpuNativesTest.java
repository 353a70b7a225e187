package dev.narrows.jobs.workstation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuNativesTest {
    @TempDir
    Path folder;

    @Test
    void theVersionIsTheBuilds() throws IOException {
        Properties build = new Properties();
        try (InputStream in = GpuNatives.class.getResourceAsStream("/dev/narrows/jobs/libraries.properties")) {
            build.load(in);
        }
        assertThat(GpuNatives.VERSION).isEqualTo(build.getProperty("pytorch"));
    }

    @Test
    void withoutALibraryTheCommandThatInstallsItIsNamed() {
        assertThat(GpuNatives.find(Map.of("NARROWS_GPU_NATIVES", folder + "/none"))
                        .problem())
                .isEqualTo("PyTorch's library for CUDA is not installed; bin/narrows gpu-natives installs it, once");
    }

    @Test
    void variablesThatAreSetAreEnough() throws IOException {
        Files.createFile(folder.resolve("libtorch_cuda.so"));
        assertThat(GpuNatives.find(Map.of("PYTORCH_LIBRARY_PATH", folder.toString())))
                .isEqualTo(new GpuNatives(Map.of(), true, ""));
    }

    @Test
    void aFolderWithoutCudaIsRefused() {
        assertThat(GpuNatives.find(Map.of("PYTORCH_LIBRARY_PATH", folder.toString()))
                        .problem())
                .isEqualTo("there is no libtorch_cuda.so in " + folder
                        + ", which PYTORCH_LIBRARY_PATH names; bin/narrows gpu-natives installs it");
    }

    @Test
    void theNoteBecomesTheEnvironmentOfExecutors() throws IOException {
        Path library = Files.createDirectories(folder.resolve("site/torch/lib"));
        Files.createFile(library.resolve("libtorch_cuda.so"));
        StringBuilder text = new StringBuilder("# a remark\n");
        GpuNatives.variables(folder.resolve("site"), List.of(library, folder.resolve("site/nvidia/cudnn/lib")))
                .forEach((name, value) ->
                        text.append(name).append('=').append(value).append('\n'));
        Path note = Files.writeString(folder.resolve("note"), text);
        GpuNatives natives =
                GpuNatives.find(Map.of("NARROWS_GPU_NATIVES", note.toString(), "LD_LIBRARY_PATH", "/mine"));
        assertThat(natives.problem()).isEmpty();
        assertThat(natives.replacesProcessors()).isTrue();
        assertThat(natives.environment())
                .containsEntry("PYTORCH_LIBRARY_PATH", library.toString())
                .containsEntry("PYTORCH_VERSION", "2.7.1")
                .containsEntry("PYTORCH_FLAVOR", "cu128")
                .containsEntry("LD_LIBRARY_PATH", library + ":" + folder.resolve("site/nvidia/cudnn/lib") + ":/mine");
    }
}
