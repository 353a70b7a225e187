package dev.narrows.jobs.workstation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose discovery script acts so. */
class GpuDiscoveryTest {
    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.clearProperty("narrows.gpu.discovery");
    }

    @Test
    void addressesAreTheScriptsAndItsWordsAreNotes() throws IOException {
        FoundGpus found = found("echo 'GPU 3 is busy' >&2; echo '{\"name\": \"gpu\", \"addresses\": [\"3\", \"7\"]}'");
        assertThat(found).isEqualTo(new FoundGpus(java.util.List.of("3", "7"), java.util.List.of("GPU 3 is busy"), ""));
    }

    @Test
    void theLastWordOfAScriptThatFailsIsTheReason() throws IOException {
        assertThat(found("echo noise >&2; echo 'no driver here' >&2; exit 1").problem())
                .isEqualTo("no driver here");
        assertThat(found("exit 3").problem()).isEqualTo(folder.resolve("gpus") + " ended with exit code 3");
    }

    @Test
    void whatSparkCannotReadIsQuoted() throws IOException {
        assertThat(found("echo 0 1").problem())
                .isEqualTo(folder.resolve("gpus")
                        + " must print {\"name\": \"gpu\", \"addresses\": [\"0\"]}, and printed '0 1'");
        assertThat(found("echo '{\"name\": \"gpu\", \"addresses\": []}'").problem())
                .isEqualTo(folder.resolve("gpus") + " found no GPU");
    }

    @Test
    void aScriptThatIsNotThereIsNamed() {
        System.setProperty("narrows.gpu.discovery", folder.resolve("nowhere").toString());
        assertThat(GpuDiscovery.find().problem()).startsWith("Cannot run " + folder.resolve("nowhere") + ": ");
        assertThat(GpuDiscovery.isPromising()).isTrue();
    }

    private FoundGpus found(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("gpus"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        System.setProperty("narrows.gpu.discovery", file.toString());
        return GpuDiscovery.find();
    }
}
