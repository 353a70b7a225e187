package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.study.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    @Test
    void anEarlierFileIsReplacedAndALinkToItStays() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        WholeFile.write(link, "after");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("after");
    }

    @Test
    void whatCannotBeWrittenIsSaidAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> WholeFile.write(folder.resolve("nowhere/file"), "text"))
                .isInstanceOf(BadInput.class)
                .hasMessage("Cannot write %s/nowhere/file: there is no such file or folder", folder);
        assertThatThrownBy(() -> WholeFile.write(folder, "text"))
                .isInstanceOf(BadInput.class)
                .hasMessage("Cannot write %s: Is a directory", folder);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
