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
    @CsvSource({
        "20, 84, 20 to 84 s",
        "0.4, 1.5, 0.4 to 1.5 s",
        "5, 5.01, 5 s",
        "110, 340, 1.8 to 5.7 min",
        "1200, 5000, 20 to 83 min",
        "2880, 12960, 0.8 to 3.6 h",
        "86400, 345600, 1 to 4 days",
        "0, 0, 0 s"
    })
    void rangesAreOfTheUnitOfTheLongerOne(double low, double high, String text) {
        assertThat(Numbers.duration(low, high)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"3.456, 3.46 µs", "85.25, 85.3 µs", "553.4, 553 µs", "1240, 1.24 ms"})
    void latenciesHaveThreeDigits(double micros, String text) {
        assertThat(Numbers.micros(micros)).isEqualTo(text);
    }
}
