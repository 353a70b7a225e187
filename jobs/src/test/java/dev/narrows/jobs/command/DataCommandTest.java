package dev.narrows.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.jobs.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
    @TempDir
    private Path folder;

    @Test
    void setIsShownWithItsContactSheet() throws IOException {
        Path sheet = folder.resolve("sheet.png");
        CommandLineRun run = CommandLineRun.of("data", "bundled:cells", "--sheet", sheet.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("bundled:cells: images with masks, for segmentation")
                .contains("400 images to train on, 0 for validation, 100 to test")
                .contains("shapes: 1x64x64 (500)")
                .contains("No problems found.");
        assertThat(ImageIO.read(sheet.toFile()).getWidth()).isEqualTo(1004);
    }

    @Test
    void whatIsWrongIsToldAndTheExitCodeSaysSo() throws IOException {
        Files.createDirectories(folder.resolve("set/cat"));
        Files.write(folder.resolve("set/cat/broken.png"), new byte[] {1, 2, 3, 4, 5});
        CommandLineRun run = CommandLineRun.of("data", folder.resolve("set").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("set/cat/broken.png: its 5 bytes are no image that can be read")
                .contains("! no training image has class cat");
    }

    @Test
    void whatIsLeftOutIsTold() throws IOException {
        Files.createDirectories(folder.resolve("set/cat"));
        Files.write(folder.resolve("set/cat/broken.png"), new byte[] {1, 2, 3, 4, 5});
        Files.writeString(folder.resolve("set/cat/notes.txt"), "Seen at noon.");
        assertThat(CommandLineRun.of("data", folder.resolve("set").toString()).out())
                .contains("1 .txt file is left out: no image format that is read")
                .contains("0 to test (a study takes a tenth of the training images)");
    }

    @Test
    void whatIsNotThereIsBadInput() {
        CommandLineRun run = CommandLineRun.of("data", "/no/such/set");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip()).isEqualTo("Cannot open /no/such/set: there is no such file or folder");
    }
}
