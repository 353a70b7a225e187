package dev.narrows.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LoadedLibrariesTest {
    private static final List<String> MAPS = List.of(
            "7f0000000000-7f0000001000 rw-p 00000000 00:00 0 ",
            "7f1000000000-7f1000001000 r-xp 00000000 fe:00 11    /opt/site packages/nvidia/cudnn/lib/libcudnn_ops.so.9",
            "7f1100000000-7f1100001000 r-xp 00000000 fe:00 12    /opt/site packages/nvidia/cudnn/lib/libcudnn.so.9",
            "7f2000000000-7f2000001000 r-xp 00000000 fe:00 13    /root/.djl.ai/lib/libcudart-9335f6a2.so.12",
            "7f3000000000-7f3000001000 r-xp 00000000 fe:00 14    /usr/lib/libcublas.so.12 (deleted)");

    @Test
    void aLibraryIsFoundWhicheverItsVersionAndChecksum() {
        assertThat(LoadedLibraries.path(MAPS, "libcudart")).contains("/root/.djl.ai/lib/libcudart-9335f6a2.so.12");
        assertThat(LoadedLibraries.path(MAPS, "libcudnn"))
                .as("and not one of its parts")
                .contains("/opt/site packages/nvidia/cudnn/lib/libcudnn.so.9");
    }

    @Test
    void whatIsNotLoadedOrReplacedSinceIsNotThere() {
        assertThat(LoadedLibraries.path(MAPS, "libcublas")).isEmpty();
        assertThat(LoadedLibraries.path(MAPS, "libcud")).isEmpty();
        assertThat(LoadedLibraries.path(List.of(), "libcudart")).isEmpty();
    }

    /** The C library is in every process, and its functions return codes and numbers as NVIDIA's do. */
    @Test
    void aMissingFunctionGivesNothingAndAFoundOneItsValue() {
        NativeCalls c = LoadedLibraries.find("libc").orElseThrow();
        assertThat(c.code("abs", -3)).isEqualTo(OptionalInt.of(3));
        assertThat(c.succeeds("abs", 0)).isTrue();
        assertThat(c.succeeds("abs", -3)).isFalse();
        assertThat(c.number("getpid"))
                .isEqualTo(OptionalLong.of(ProcessHandle.current().pid()));
        assertThat(c.code("cudaMemGetInfo")).isEmpty();
        assertThat(c.number("cudnnGetVersion")).isEmpty();
        assertThat(c.succeeds("cuInit", 0)).isFalse();
    }

    /** As libtorch's libraries give functions of the CUDA runtime that they use. */
    @Test
    void aLibraryGivesFunctionsOfThoseThatItDependsOn() {
        NativeCalls machine = LoadedLibraries.find("libjvm").orElseThrow();
        assertThat(machine.number("getpid"))
                .isEqualTo(OptionalLong.of(ProcessHandle.current().pid()));
    }

    @Test
    void aMissingLibraryIsEmpty() {
        assertThat(NativeCalls.of("libnarrows-no-such-library.so.1")).isEmpty();
    }
}
