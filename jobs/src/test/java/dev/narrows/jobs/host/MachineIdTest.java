package dev.narrows.jobs.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes of one machine know it, whatever their containers call themselves. */
class MachineIdTest {
    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void containersOfAMachineHaveItsIdentifierUnderWhateverName() {
        assertThat(MachineId.here("pod-1")).isNotBlank().isEqualTo(MachineId.here("pod-2"));
    }

    @Test
    void aFolderIsTheSameByAnyPath() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        Path other = Files.createDirectory(folder.resolve("other"));
        assertThat(MachineId.key(link)).isEqualTo(MachineId.key(real)).isNotEqualTo(MachineId.key(other));
    }
}
