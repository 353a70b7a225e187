package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RememberedOutputTest {
    private static RememberedOutput printedTo(OutputStream out) {
        RememberedOutput remembered = new RememberedOutput(out);
        PrintWriter writer = new PrintWriter(remembered, true, StandardCharsets.UTF_8);
        writer.println("three words more");
        writer.flush();
        return remembered;
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void whatIsWrittenGoesOn() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(printedTo(out).failure()).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("three words more");
    }

    @Test
    void aFullDiskIsAFailureAndAReaderThatHasGoneIsNone() {
        assertThat(printedTo(failing("No space left on device")).failure())
                .hasValueSatisfying(e -> assertThat(e).hasMessage("No space left on device"));
        assertThat(printedTo(failing("Broken pipe")).failure()).isEmpty();
    }
}
