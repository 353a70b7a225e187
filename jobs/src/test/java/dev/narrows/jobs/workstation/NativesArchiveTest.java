package dev.narrows.jobs.workstation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of docs/gpu.md that packs what {@code gpu-natives} has installed, run on files of its names. */
class NativesArchiveTest {
    private static final List<String> OF_TORCH = List.of(
            "libc10.so",
            "libc10_cuda.so",
            "libcaffe2_nvrtc.so",
            "libgomp.so.1",
            "libtorch.so",
            "libtorch_cpu.so",
            "libtorch_cuda.so",
            "libtorch_cuda_linalg.so");

    /** Libraries that those need beside each other, the system and the driver, in their folders under site-packages. */
    private static final List<String> NEEDED = List.of(
            "nvidia/cublas/lib/libcublas.so.12",
            "nvidia/cublas/lib/libcublasLt.so.12",
            "nvidia/cuda_cupti/lib/libcupti.so.12",
            "nvidia/cuda_nvrtc/lib/libnvrtc.so.12",
            "nvidia/cuda_runtime/lib/libcudart.so.12",
            "nvidia/cudnn/lib/libcudnn.so.9",
            "nvidia/cufft/lib/libcufft.so.11",
            "nvidia/cufile/lib/libcufile.so.0",
            "nvidia/curand/lib/libcurand.so.10",
            "nvidia/cusolver/lib/libcusolver.so.11",
            "nvidia/cusparse/lib/libcusparse.so.12",
            "nvidia/nccl/lib/libnccl.so.2",
            "nvidia/nvjitlink/lib/libnvJitLink.so.12",
            "cusparselt/lib/libcusparseLt.so.0");

    @TempDir
    Path home;

    @Test
    void theArchiveOfThePageHasEveryLibraryThatIsNeeded() throws Exception {
        Path site = home.resolve(
                ".local/share/narrows/gpu-natives/torch-%s/lib/python3.11/site-packages".formatted(GpuNatives.VERSION));
        for (String name : OF_TORCH) {
            touch(site.resolve("torch/lib").resolve(name));
        }
        for (String path : NEEDED) {
            touch(site.resolve(path));
        }
        touch(site.resolve("nvidia/cudnn/lib/__init__.py"));
        touch(site.resolve("torch/lib/libshm/shm.py"));
        Path archive = home.resolve("archive.tar.gz");
        run(command().replace("/tmp/gpu-natives.tar.gz", archive.toString()));
        Path unpacked = Files.createDirectory(home.resolve("unpacked"));
        run("tar -xzf %s -C %s".formatted(archive, unpacked));
        Set<String> expected = Stream.concat(
                        OF_TORCH.stream().map(name -> "torch/" + name),
                        NEEDED.stream().map(path -> "nvidia/" + Path.of(path).getFileName()))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(unpacked)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> unpacked.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** The lines of the page from the one that names the folder to the one that packs it. */
    private static String command() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs/gpu.md"));
        return lines.stream()
                .dropWhile(line -> !line.startsWith("site="))
                .takeWhile(line -> !line.startsWith("```"))
                .collect(Collectors.joining("\n"));
    }

    private static void touch(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }

    private void run(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", script).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
