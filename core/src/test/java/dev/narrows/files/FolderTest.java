package dev.narrows.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {
    @TempDir
    Path disk;

    private Folder folder(String scheme) {
        return Folder.at(scheme + disk.resolve("a b"), OtherFileSystem.settings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:", "other:"})
    void aTextIsReplacedWholeAndLeavesNothingBeside(String scheme) throws IOException {
        Folder folder = folder(scheme);
        assertThat(folder.names()).isEmpty();
        assertThat(folder.text("a")).isEmpty();
        folder.write("a", "one\n");
        folder.write("a", "Zwei ü");
        assertThat(folder.text("a")).contains("Zwei ü");
        assertThat(folder.exists("a")).isTrue();
        try (Stream<Path> files = Files.list(disk.resolve("a b"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("a");
        }
        folder.delete("a");
        folder.delete("a");
        assertThat(folder.exists("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:"})
    void ofManyWhoMakeAFileOneIsTold(String scheme) {
        Folder folder = folder(scheme);
        AtomicInteger made = new AtomicInteger();
        IntStream.range(0, 16).parallel().forEach(i -> made.addAndGet(folder.create("a", "text " + i) ? 1 : 0));
        assertThat(made).hasValue(1);
        assertThat(folder.text("a").orElseThrow()).startsWith("text ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other:"})
    void whatADeadWriterBeganIsNotSeenAndIsSweptAway(String scheme) throws IOException {
        Folder folder = folder(scheme);
        folder.write("a", "one");
        Files.writeString(disk.resolve("a b/.b.0b1ff0de-0000-4000-8000-000000000000"), "half");
        assertThat(folder.names()).containsExactly("a");
        folder.sweep();
        assertThat(disk.resolve("a b/.b.0b1ff0de-0000-4000-8000-000000000000")).doesNotExist();
        assertThat(folder.names()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere://host/x", "s3a://bucket/x", "hdfs://127.0.0.1:1/x"})
    void whatCannotBeReachedIsSaidInOneLine(String address) {
        Configuration settings = new Configuration();
        settings.set("ipc.client.connect.max.retries", "0");
        assertThatThrownBy(() -> Folder.at(address, settings).write("a", "b"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot write " + address + "/a: ")
                .hasMessageMatching(
                        ".*(nothing on the class path knows|S3 is read and written as s3a|does not answer).*")
                .message()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3a://KEY:SECRET@bucket/x: no"})
    void noReasonHoldsASecret(String message) {
        assertThat(Reason.of(new IOException(message))).doesNotContain("SECRET").contains("bucket/x");
    }
}
