package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.resource.ResourceInformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code conf/clusters/nvidia-gpus.sh} on hosts whose nvidia-smi acts so. */
class NvidiaGpusTest {
    private static final Path SCRIPT = Path.of("../conf/clusters/nvidia-gpus.sh");

    private static final String THREE = """
            case $1 in
                --query-gpu=*)
                    echo '0, 00000000:01:00.0, GPU-aa11, Disabled'
                    echo '1, 00000000:02:00.0, GPU-ab22, [N/A]'
                    echo '2, 00000000:03:00.0, GPU-cc33, Disabled' ;;
                --query-compute-apps=*)
                    echo '00000000:02:00.0, 123, /usr/bin/python3'
                    echo '00000000:03:00.0, 7, blender' ;;
            esac
            """;

    private static final String ONE_INSTANCE = """
            case $1 in
                --query-gpu=*) echo '0, 00000000:01:00.0, GPU-aa11, Enabled' ;;
                -L) echo 'GPU 0: NVIDIA A100 (UUID: GPU-aa11)'; echo '  MIG 1g.5gb     Device  0: (UUID: MIG-1)' ;;
            esac
            """;

    private static final String INSTANCES = """
            case $1 in
                --query-gpu=*)
                    echo '0, 00000000:01:00.0, GPU-aa11, Enabled'
                    echo '1, 00000000:02:00.0, GPU-ab22, Disabled' ;;
                -L)
                    echo 'GPU 0: NVIDIA A100 (UUID: GPU-aa11)'
                    echo '  MIG 1g.5gb     Device  0: (UUID: MIG-1)'
                    echo '  MIG 1g.5gb     Device  1: (UUID: MIG-2)'
                    echo 'GPU 1: NVIDIA A100 (UUID: GPU-ab22)' ;;
            esac
            """;

    @TempDir
    Path folder;

    /** Addresses that the script prints, the lines that it says, and its exit code. */
    private record Found(List<String> addresses, List<String> said, int exitCode) {}

    private Found found(String nvidia, @Nullable String visible) throws Exception {
        Path tool = folder.resolve("nvidia-smi");
        Files.writeString(tool, "#!/bin/sh\n" + nvidia + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toAbsolutePath().toString());
        builder.environment().remove("CUDA_VISIBLE_DEVICES");
        if (visible != null) {
            builder.environment().put("CUDA_VISIBLE_DEVICES", visible);
        }
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String printed = words(process.getInputStream());
        return new Found(
                printed.isEmpty()
                        ? List.of()
                        : List.of(ResourceInformation.parseJson(printed).addresses()),
                words(process.getErrorStream()).lines().toList(),
                process.exitValue());
    }

    private static String words(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void gpusOfAHostAreFoundAsSparkReadsThem() throws Exception {
        assertThat(found("echo 0; echo 1; echo ' 2'", null).addresses()).containsExactly("0", "1", "2");
        Found failed = found("echo NVIDIA-SMI has failed >&2; exit 9", null);
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.said()).singleElement().asString().endsWith(": NVIDIA-SMI has failed");
        Found none = found("true", null);
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.said()).singleElement().asString().startsWith("nvidia-smi lists no GPU on ");
    }

    @Test
    void hiddenAndBusyGpusAreNamed() throws Exception {
        assertThat(found(THREE, null))
                .isEqualTo(new Found(
                        List.of("0", "1", "2"),
                        List.of("GPUs that other programs compute on: 1 (python3 123), 2 (blender 7)"),
                        0));
        Found some = found(THREE, "2,0");
        assertThat(some.addresses()).containsExactly("0", "1");
        assertThat(some.said()).hasSize(2);
        assertThat(some.said().get(0)).startsWith("CUDA_VISIBLE_DEVICES=2,0 hides 1 of the 3 GPUs of ");
        assertThat(some.said().get(1)).isEqualTo("GPUs that other programs compute on: 0 (blender 7)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "", "3,0", "GPU-", "GPU-a", "GPU-dd"})
    void namesThatCudaDoesNotKnowHideEveryGpu(String visible) throws Exception {
        Found none = found(THREE, visible);
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.addresses()).isEmpty();
        assertThat(none.said())
                .singleElement()
                .asString()
                .startsWith("CUDA_VISIBLE_DEVICES='%s' hides every GPU of ".formatted(visible));
    }

    /** As CUDA does. */
    @Test
    void namesBehindOneThatIsNotThereDoNotCount() throws Exception {
        assertThat(found(THREE, "0,7,1").addresses()).containsExactly("0");
        assertThat(found(THREE, "0, 1, -1, 2").addresses()).containsExactly("0", "1");
        assertThat(found(THREE, "GPU-cc33,GPU-dd,0").addresses()).containsExactly("0");
    }

    @Test
    void busyGpusHaveTheirAddressAlsoByTheirUuids() throws Exception {
        Found found = found(THREE, "GPU-cc,GPU-aa11,GPU-ab");
        assertThat(found.addresses()).containsExactly("0", "1", "2");
        assertThat(found.said()).containsExactly("GPUs that other programs compute on: 0 (blender 7), 2 (python3 123)");
    }

    @Test
    void warningsAreNoGpus() throws Exception {
        String nvidia = """
                case $1 in
                    --query-gpu=*)
                        echo 'WARNING: infoROM is corrupted at gpu 0000:01:00.0' >&2
                        echo 'Warning, of another kind'
                        echo '0, 00000000:01:00.0, GPU-aa11, Disabled' ;;
                esac
                """;
        assertThat(found(nvidia, null)).isEqualTo(new Found(List.of("0"), List.of(), 0));
    }

    @Test
    void aProcessHasOneInstanceOfASplitGpu() throws Exception {
        assertThat(found(ONE_INSTANCE, null).addresses()).containsExactly("0");
        assertThat(found(INSTANCES, "MIG-2,MIG-1").addresses()).containsExactly("0");
        assertThat(found(INSTANCES, "1").addresses()).containsExactly("0");
        for (String visible : new String[] {null, "0", "1,0", "GPU-aa11"}) {
            Found refused = found(INSTANCES, visible);
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.addresses()).isEmpty();
            assertThat(refused.said().get(refused.said().size() - 1))
                    .startsWith("GPU 0 of ")
                    .endsWith(" is in MIG mode, and CUDA gives a process one instance: name one in"
                            + " CUDA_VISIBLE_DEVICES (nvidia-smi -L lists them), or hide the GPU, or end MIG mode");
        }
    }
}
