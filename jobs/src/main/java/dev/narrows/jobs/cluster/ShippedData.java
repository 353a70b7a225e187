package dev.narrows.jobs.cluster;

import dev.narrows.jobs.show.Numbers;
import dev.narrows.study.BadInput;
import dev.narrows.study.DataSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Images that lie on the driver's disk: sent to every executor through Spark where some host lacks them, else offered
 * to executors that join later and lack them. Images on a shared file system are read in place.
 */
public final class ShippedData {
    /** Every executor fetches it from the driver: beyond this, use a file system that all reach. */
    static final long MOST_BYTES = 1L << 30;

    private static final long ASKED_MILLIS = 200;

    private ShippedData() {}

    /**
     * Sends what has to be sent, and offers the rest of what lies on the driver's disk.
     *
     * @return the way in which executors get them, by source
     * @throws BadInput where it is too large for that
     */
    public static Map<String, ImageDelivery> send(JavaSparkContext spark, Collection<DataSpec> data) {
        Map<String, ImageDelivery> deliveries = new HashMap<>();
        for (String source : data.stream().map(DataSpec::source).distinct().toList()) {
            if (isOnDisk(source, spark)) {
                Path path = path(source);
                if (!executorsSee(spark, path)) {
                    deliveries.put(source, send(spark, source, path));
                } else if (Extent.of(path).bytes() <= MOST_BYTES) {
                    deliveries.put(
                            source,
                            OfferedImages.of(spark, path.toAbsolutePath().toString(), path));
                }
            }
        }
        return deliveries;
    }

    /** Sends one source to all executors, also to those that see it already. */
    static ImageDelivery.Sent send(JavaSparkContext spark, String source, Path path) {
        checkSize(source, path);
        if (Files.isDirectory(path)) {
            Path packed = pack(path);
            spark.sc().addArchive(packed.toString());
            return new ImageDelivery.Sent(packed.getFileName().toString());
        }
        spark.addFile(path.toAbsolutePath().toString());
        return new ImageDelivery.Sent(path.getFileName().toString());
    }

    /** The same data as an executor of this process finds them. */
    public static DataSpec received(DataSpec spec, Map<String, ImageDelivery> deliveries) {
        ImageDelivery delivery = deliveries.get(spec.source());
        return delivery == null
                ? spec
                : new DataSpec(
                        delivery.source(),
                        spec.train(),
                        spec.validation(),
                        spec.test(),
                        spec.splitSeed(),
                        spec.preparation());
    }

    private static boolean isOnDisk(String source, JavaSparkContext spark) {
        boolean here = !source.contains(":")
                && FileSystem.getDefaultUri(spark.hadoopConfiguration())
                        .getScheme()
                        .equals("file");
        return (here || source.startsWith("file:")) && Files.exists(path(source));
    }

    private static Path path(String source) {
        return source.startsWith("file:") ? Path.of(URI.create(source).getPath()) : Path.of(source);
    }

    /** Asks one task per slot: a single one that does not see the same data is enough. */
    private static boolean executorsSee(JavaSparkContext spark, Path path) {
        String absolute = path.toAbsolutePath().toString();
        Extent here = Extent.of(path);
        int tasks = Math.max(1, spark.defaultParallelism());
        return spark
                .parallelize(java.util.Collections.nCopies(tasks, absolute), tasks)
                .map(ShippedData::seen)
                .collect()
                .stream()
                .allMatch(here::equals);
    }

    private static Extent seen(String path) throws InterruptedException {
        // Keeps the slot for a moment, so that another executor takes the next task.
        Thread.sleep(ASKED_MILLIS);
        return Extent.of(Path.of(path));
    }

    private static void checkSize(String source, Path path) {
        long bytes = Extent.of(path).bytes();
        if (bytes > MOST_BYTES) {
            throw new BadInput(("Cannot send %s to the executors: it is %s, and the limit is %s; put it on a file"
                            + " system that all executors reach (a shared disk, hdfs:// or s3a://) and set"
                            + " data.source to it")
                    .formatted(source, Numbers.bytes(bytes), Numbers.bytes(MOST_BYTES)));
        }
    }

    /** Images are compressed already: stored as they are. */
    private static Path pack(Path folder) {
        try {
            // Spark sends it under this name: one of its own for each folder, without the signs that paths may have.
            Path packed = Files.createTempFile("narrows-data", ".zip");
            List<Path> files = Extent.files(folder);
            try (OutputStream out = Files.newOutputStream(packed);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.setLevel(0);
                for (Path file : files) {
                    zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
            packed.toFile().deleteOnExit();
            return packed;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot pack %s: %s".formatted(folder, e), e);
        }
    }
}
