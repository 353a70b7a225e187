package dev.narrows.jobs.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "999, 999",
        "1000, 1 k",
        "1234, 1.23 k",
        "12345, 12.3 k",
        "123456, 123 k",
        "1230000, 1.23 M",
        "25557032, 25.6 M",
        "4089184256, 4.09 G"
    })
    void countsHaveThreeDigits(long number, String text) {
        assertThat(Numbers.count(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "89128960, 85 MiB", "1610612736, 1.5 GiB"})
    void bytesAreBinary(long bytes, String text) {
        assertThat(Numbers.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0 s", "59.6, 1 min 00 s", "200, 3 min 20 s", "3900, 1 h 05 min", "864000, 10 days", "-3, 0 s"})
    void durationsAreOfTwoUnits(double seconds, String text) {
        assertThat(Numbers.duration(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"3.456, 3.46 µs", "85.25, 85.3 µs", "553.4, 553 µs", "1240, 1.24 ms"})
    void latenciesHaveThreeDigits(double micros, String text) {
        assertThat(Numbers.micros(micros)).isEqualTo(text);
    }
}
