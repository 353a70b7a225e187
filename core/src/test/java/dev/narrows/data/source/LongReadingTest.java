package dev.narrows.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongReadingTest {
    @Test
    void saysWhatIsDoneAndHowMuchOfIt() {
        try (LongReading reading = new LongReading("/data/cats")) {
            assertThat(reading.line()).isEqualTo("reading /data/cats");
            reading.decoding(60_000);
            reading.decoded(1_000);
            reading.decoded(200);
            assertThat(reading.line()).isEqualTo("decoding /data/cats: 1,200 of 60,000 images");
        }
    }
}
