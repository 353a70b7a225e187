package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.program.Form;
import dev.narrows.study.Precision;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProcessorKindTest {
    @ParameterizedTest
    @CsvSource({
        "GenuineIntel, avx512f avx512_bf16 amx_bf16 amx_tile, AMX, BF16, BLOCKED",
        "AuthenticAMD, avx512f avx512_bf16, AVX512_BF16, BF16, BLOCKED",
        "GenuineIntel, avx512f avx512_bf16, INTEL_AVX512_BF16, FP32, BLOCKED",
        "GenuineIntel, avx2 avx512f, AVX512, FP32, CHANNELS_LAST",
        "AuthenticAMD, avx2, OTHER, FP32, CHANNELS_LAST",
        "'', asimd svebf16, ARM_BF16, BF16, CHANNELS_LAST",
        "'', asimd, OTHER, FP32, CHANNELS_LAST",
        "'', '', OTHER, FP32, CHANNELS_LAST"
    })
    void vendorAndFlagsDecideWhatAutoMeansAndTheFormOfBf16(
            String vendor, String flags, ProcessorKind kind, Precision auto, Form form) {
        assertThat(ProcessorKind.of(vendor, List.of(flags.split(" ")))).isEqualTo(kind);
        assertThat(kind.auto()).isEqualTo(auto);
        assertThat(kind.form(Precision.BF16)).isEqualTo(form);
    }

    @ParameterizedTest
    @EnumSource(ProcessorKind.class)
    void fp32AndFp16HaveOneFormOnAllProcessors(ProcessorKind kind) {
        assertThat(kind.form(Precision.FP32)).isEqualTo(Form.CHANNELS_LAST);
        assertThat(kind.form(Precision.FP16)).isEqualTo(Form.CHANNELS_LAST);
        assertThatThrownBy(() -> kind.form(Precision.AUTO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot choose a form for auto: it must be resolved first");
    }

    @ParameterizedTest
    @EnumSource(ProcessorKind.class)
    void autoTakesBf16ExactlyWhereItIsFaster(ProcessorKind kind) {
        assertThat(kind.auto() == Precision.BF16).isEqualTo(kind.bf16() == Bf16.FASTER);
    }

    @Test
    void everyKindHasATextOfItsOwn() {
        assertThat(Arrays.stream(ProcessorKind.values()).map(ProcessorKind::text))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }
}
