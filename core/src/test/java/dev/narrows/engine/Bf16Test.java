package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bf16Test {
    @ParameterizedTest
    @CsvSource({
        "AuthenticAMD, avx512f avx512_bf16, FASTER",
        "GenuineIntel, avx512f avx512_bf16 amx_bf16 amx_tile, FASTER",
        "GenuineIntel, avx512f avx512_bf16 avx512_fp16, NO_FASTER",
        "GenuineIntel, avx512f avx2, EMULATED",
        "AuthenticAMD, avx2, EMULATED",
        "'', asimd bf16 i8mm, FASTER",
        "'', asimd, EMULATED"
    })
    void vendorAndFlagsDecide(String vendor, String flags, Bf16 expected) {
        assertThat(ProcessorKind.of(vendor, List.of(flags.split(" "))).bf16()).isEqualTo(expected);
    }
}
