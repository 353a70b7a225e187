package dev.narrows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.program.Form;
import dev.narrows.study.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {
    @Test
    void theFirstProcessorOfAnX86MachineSpeaksForAll() {
        Processor processor = Processor.of(
                List.of(
                        "processor\t: 0",
                        "vendor_id\t: AuthenticAMD",
                        "model name\t: AMD EPYC 9R14",
                        "flags\t\t: fpu avx2 avx512_bf16",
                        "",
                        "vendor_id\t: GenuineIntel",
                        "model name\t: another"),
                "amd64");
        assertThat(processor.model()).isEqualTo("AMD EPYC 9R14");
        assertThat(processor.vendor()).isEqualTo("AuthenticAMD");
        assertThat(processor.flags()).containsExactlyInAnyOrder("fpu", "avx2", "avx512_bf16");
        assertThat(processor.kind().bf16()).isEqualTo(Bf16.FASTER);
        assertThat(processor.kind()).isEqualTo(ProcessorKind.AVX512_BF16);
        assertThat(processor.kind().form(Precision.BF16)).isEqualTo(Form.BLOCKED);
    }

    @Test
    void armHasFeaturesAndNoModel() {
        Processor processor = Processor.of(List.of("processor\t: 0", "Features\t: fp asimd bf16"), "aarch64");
        assertThat(processor.model()).isEqualTo("aarch64");
        assertThat(processor.vendor()).isEmpty();
        assertThat(processor.flags()).contains("bf16");
        assertThat(processor.kind().bf16()).isEqualTo(Bf16.FASTER);
        assertThat(processor.kind()).isEqualTo(ProcessorKind.ARM_BF16);
        assertThat(processor.kind().form(Precision.BF16)).isEqualTo(Form.CHANNELS_LAST);
    }

    @Test
    void aSystemThatTellsNothingHasAnArchitecture() {
        Processor processor = Processor.of(List.of(), "riscv64");
        assertThat(processor.model()).isEqualTo("riscv64");
        assertThat(processor.kind().bf16()).isEqualTo(Bf16.EMULATED);
    }

    @Test
    void oneWithAmxTrainsBf16InTheBlockedLayout() {
        Processor processor =
                Processor.of(List.of("vendor_id : GenuineIntel", "flags : avx512_bf16 amx_bf16"), "amd64");
        assertThat(processor.kind()).isEqualTo(ProcessorKind.AMX);
        assertThat(processor.kind().form(Precision.BF16)).isEqualTo(Form.BLOCKED);
    }

    @Test
    void thisMachineIsReadOnce() {
        assertThat(Processor.here()).isSameAs(Processor.here());
        assertThat(Processor.here().model()).isNotBlank();
    }
}
