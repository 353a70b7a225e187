package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.data.Datasets;
import dev.narrows.jobs.LocalSpark;
import dev.narrows.study.BadInput;
import dev.narrows.study.DataSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedDataTest {
    @TempDir
    Path folder;

    @AfterAll
    static void stop() {
        LocalSpark.stop();
    }

    private static DataSpec spec(Path source) {
        return new DataSpec(source.toString(), Optional.empty(), Optional.of(2), Optional.empty(), 0);
    }

    /** A folder of images for each class, as photographs are kept. */
    private Path images() throws IOException {
        Path root = folder.resolve("my images");
        for (String name : new String[] {"train/cat", "train/dog", "test/cat", "test/dog"}) {
            Files.createDirectories(root.resolve(name));
            for (int i = 0; i < 3; i++) {
                BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
                image.setRGB(i, name.length() % 8, 0xffffff);
                ImageIO.write(
                        image, "png", root.resolve(name + "/" + i + ".png").toFile());
            }
        }
        return root;
    }

    @Test
    void aFolderArrivesAsTheSameImages() throws IOException {
        Path root = images();
        String name = ShippedData.send(LocalSpark.context(), root.toString(), root);
        DataSpec received = ShippedData.received(spec(root), Map.of(root.toString(), name));
        assertThat(received.source()).doesNotContain(root.toString());
        assertThat(Datasets.describe(received, new Configuration()).fingerprint())
                .isEqualTo(Datasets.describe(spec(root), new Configuration()).fingerprint());
    }

    @Test
    void whatEveryExecutorSeesIsNotSent() throws IOException {
        assertThat(ShippedData.send(LocalSpark.context(), java.util.List.of(spec(images()))))
                .isEmpty();
        assertThat(ShippedData.received(spec(folder), Map.of())).isEqualTo(spec(folder));
    }

    @Test
    void whatIsTooLargeIsRefusedWithWhatToDo() throws IOException {
        Path large = folder.resolve("large.parquet");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(ShippedData.MOST_BYTES + 1);
        }
        assertThatThrownBy(() -> ShippedData.send(LocalSpark.context(), large.toString(), large))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(
                        "Cannot send " + large + " to the executors: it is 1.0 GiB, and up to 1.0 GiB is sent")
                .hasMessageContaining("hdfs:// or s3a://");
    }
}
