package dev.narrows.jobs.cluster;

import dev.narrows.files.Reason;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rpc.RpcEnvFileServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images that every host had when the study began. An executor that joins later, on a host that lacks them, takes them
 * from the driver; no other executor does, so they are offered and not sent.
 *
 * <p>Spark's file server has one flat list of names, so each file is offered under a name of its own. Offering the
 * folder would give every file of the driver's disk to everybody who can reach its port, by paths with {@code ..} in
 * them.
 *
 * @param path of the images on every host that has them
 * @param listing address of a file with a line for each of theirs: its address, a tab, and its path below {@code path}
 * @param extent number and size of the files there
 */
record OfferedImages(String path, String listing, Extent extent) implements ImageDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(OfferedImages.class);
    private static final AtomicInteger OFFERS = new AtomicInteger();

    /** Folders that this process has found or taken, once for all its trials. */
    private static final Map<OfferedImages, Path> TAKEN = new HashMap<>();

    /**
     * Offers what lies under a path of the driver's disk.
     *
     * @param path as executors are to look for it first
     */
    static OfferedImages of(JavaSparkContext spark, String path, Path images) {
        RpcEnvFileServer server = spark.sc().env().rpcEnv().fileServer();
        try {
            Path links = Files.createTempDirectory("narrows-offer");
            links.toFile().deleteOnExit();
            List<Path> files = Extent.files(images);
            StringBuilder lines = new StringBuilder();
            int offer = OFFERS.incrementAndGet();
            for (int i = 0; i < files.size(); i++) {
                Path link = links.resolve("narrows-%d-%d".formatted(offer, i));
                Files.createSymbolicLink(link, files.get(i).toAbsolutePath());
                link.toFile().deleteOnExit();
                lines.append(server.addFile(link.toFile()))
                        .append('\t')
                        .append(images.relativize(files.get(i)))
                        .append('\n');
            }
            Path listing = Files.writeString(links.resolve("narrows-%d-listing".formatted(offer)), lines);
            listing.toFile().deleteOnExit();
            return new OfferedImages(path, server.addFile(listing.toFile()), Extent.of(images));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot offer %s to executors: %s".formatted(images, e), e);
        }
    }

    /** The place on this host, filled from the driver where the host lacks them. */
    @Override
    public String source() {
        synchronized (TAKEN) {
            return "file:" + TAKEN.computeIfAbsent(this, OfferedImages::find);
        }
    }

    private Path find() {
        Path here = Path.of(path);
        if (Extent.of(here).equals(extent)) {
            return here;
        }
        LOG.info("{} is not on this host: its {} files are taken from the driver", path, extent.files());
        try {
            return take(Files.createTempDirectory(Path.of(SparkFiles.getRootDirectory()), "images"));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "Cannot fetch the images of %s, which this host lacks, from the driver: %s"
                            .formatted(path, Reason.of(e)),
                    e);
        }
    }

    private Path take(Path folder) throws IOException {
        String lines;
        try (ReadableByteChannel channel = open(listing)) {
            lines = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String line : lines.lines().toList()) {
            String[] words = line.split("\t", 2);
            // A single file is offered under its own name, which says what format it has.
            Path target = words[1].isEmpty()
                    ? folder.resolve(new File(path).getName())
                    : folder.resolve(words[1]).normalize();
            Files.createDirectories(target.getParent());
            try (ReadableByteChannel channel = open(words[0])) {
                Files.copy(Channels.newInputStream(channel), target, StandardCopyOption.REPLACE_EXISTING);
            }
            if (words[1].isEmpty()) {
                return target;
            }
        }
        return folder;
    }

    private static ReadableByteChannel open(String address) {
        return SparkEnv.get().rpcEnv().openChannel(address);
    }
}
