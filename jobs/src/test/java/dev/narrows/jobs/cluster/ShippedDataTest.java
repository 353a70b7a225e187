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
import java.util.List;
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
        ImageDelivery sent = ShippedData.send(LocalSpark.context(), root.toString(), root);
        DataSpec received = ShippedData.received(spec(root), Map.of(root.toString(), sent));
        assertThat(received.source()).doesNotContain(root.toString());
        assertThat(Datasets.describe(received, new Configuration()).fingerprint())
                .isEqualTo(Datasets.describe(spec(root), new Configuration()).fingerprint());
    }

    /** A disk with room is often behind a link, and so may one class be. */
    @Test
    void imagesBehindLinksArriveToo() throws IOException {
        Path root = images();
        Path linked = Files.createDirectories(folder.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("train"), root.resolve("train"));
        Files.createSymbolicLink(linked.resolve("test"), root.resolve("test"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), linked);
        assertThat(Extent.of(link)).isEqualTo(Extent.of(root));
        ImageDelivery sent = ShippedData.send(LocalSpark.context(), link.toString(), link);
        DataSpec received = ShippedData.received(spec(link), Map.of(link.toString(), sent));
        assertThat(Datasets.describe(received, new Configuration()).fingerprint())
                .isEqualTo(Datasets.describe(spec(root), new Configuration()).fingerprint());
    }

    @Test
    void whatEveryExecutorSeesIsReadWhereItIs() throws IOException {
        Path root = images();
        Map<String, ImageDelivery> deliveries = ShippedData.send(LocalSpark.context(), List.of(spec(root)));
        assertThat(deliveries.get(root.toString())).isInstanceOf(OfferedImages.class);
        assertThat(ShippedData.received(spec(root), deliveries).source()).isEqualTo("file:" + root);
        assertThat(ShippedData.received(spec(folder), Map.of())).isEqualTo(spec(folder));
    }

    /** A real task takes them through Spark's own connection, as an executor that was not there at the start does. */
    @Test
    void aHostThatJoinsLateAndLacksAFolderTakesItFromTheDriver() throws IOException {
        Path root = images();
        Path elsewhere = folder.resolve("lost/my images");
        OfferedImages offered = OfferedImages.of(LocalSpark.context(), elsewhere.toString(), root);
        DataSpec asked = spec(elsewhere);
        Map<String, ImageDelivery> deliveries = Map.of(asked.source(), offered);
        List<String> received = LocalSpark.context()
                .parallelize(List.of(1, 2, 3), 3)
                .map(task -> ShippedData.received(asked, deliveries).source())
                .distinct()
                .collect();
        assertThat(received)
                .as("once for all trials of a process")
                .singleElement()
                .asString()
                .isNotEqualTo(elsewhere.toString());
        DataSpec copy = ShippedData.received(asked, deliveries);
        assertThat(Datasets.describe(copy, new Configuration()).fingerprint())
                .isEqualTo(Datasets.describe(spec(root), new Configuration()).fingerprint());
    }

    /** A host whose disk is not mounted yet has such a folder. */
    @Test
    void aHostThatHasAnEmptyFolderThereTakesAFileFromTheDriver() throws IOException {
        Path file = Files.writeString(folder.resolve("images.parquet"), "rows");
        Path elsewhere = Files.createDirectories(folder.resolve("empty/images.parquet"));
        OfferedImages offered = OfferedImages.of(LocalSpark.context(), elsewhere.toString(), file);
        Path copy = Path.of(offered.source().substring("file:".length()));
        assertThat(copy).hasFileName("images.parquet").hasContent("rows");
        assertThat(copy).isNotEqualTo(elsewhere);
    }

    @Test
    void aDriverThatHasLostThemTooIsToldOfByHostAndReason() throws IOException {
        Path file = Files.writeString(folder.resolve("gone.parquet"), "rows");
        OfferedImages offered = OfferedImages.of(LocalSpark.context(), "/nowhere/gone.parquet", file);
        Files.delete(file);
        assertThatThrownBy(offered::source)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "Cannot fetch the images of /nowhere/gone.parquet, which this host lacks, from the driver: ");
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
                        "Cannot send " + large + " to the executors: it is 1.0 GiB, and the limit is 1.0 GiB")
                .hasMessageContaining("hdfs:// or s3a://");
    }
}
