package dev.narrows.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaVersionsTest {
    @ParameterizedTest
    @CsvSource({"12060, 12.6", "12080, 12.8", "13000, 13.0", "11080, 11.8"})
    void cudaCountsThousandsAndTens(int number, String version) {
        assertThat(CudaVersions.cuda(number)).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({"8902, 8.9.2", "90501, 9.5.1", "91002, 9.10.2", "90000, 9.0.0"})
    void cudnnCountsInWiderPartsFromItsNinth(long number, String version) {
        assertThat(CudaVersions.cudnn(number)).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023, 535.104.05",
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.10  Release Build "
                + " (dvs-builder@U16-I1), 570.86.10",
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  590.44  Mon, 590.44"
    })
    void theDriversVersionStandsInTheKernelsLine(String line, String version) {
        assertThat(CudaVersions.driver(line)).contains(version);
    }

    @Test
    void aLineWithoutAVersionSaysNothing() {
        assertThat(CudaVersions.driver("GCC version:  gcc version 11.4.0 (Ubuntu 11.4.0-1ubuntu1~22.04)"))
                .isEmpty();
    }
}
