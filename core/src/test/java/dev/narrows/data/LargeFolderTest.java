package dev.narrows.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.study.DataSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of images may be larger than the heap, which is smaller than its files here. */
class LargeFolderTest {
    private static final int SIDE = 256;
    private static final int IMAGES = 320;

    @TempDir
    Path folder;

    /** Program of the other process: describes the folder and decodes a few of its images. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Configuration settings = new Configuration();
            DataSpec spec = spec(arguments[0]);
            System.out.println(Datasets.describe(spec, settings).fingerprint());
            System.out.println(Datasets.open(spec, settings).train().size());
        }
    }

    private static DataSpec spec(String source) {
        return new DataSpec(source, Optional.of(40), Optional.of(10), Optional.of(10), 0);
    }

    @Test
    void imagesThatDoNotFitIntoTheHeapAreReadAgain() throws IOException, InterruptedException {
        for (int i = 0; i < IMAGES; i++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
            image.setRGB(i % SIDE, i / SIDE, 0xFFFFFF);
            Path file = folder.resolve(i % 2 == 0 ? "even" : "odd").resolve(i + ".bmp");
            Files.createDirectories(file.getParent());
            assertThat(ImageIO.write(image, "bmp", file.toFile())).isTrue();
        }
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx40m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(printed)
                .isEqualToIgnoringNewLines(Datasets.describe(spec(folder.toString()), new Configuration())
                                .fingerprint() + "40");
    }
}
