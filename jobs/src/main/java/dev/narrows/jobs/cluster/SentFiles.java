package dev.narrows.jobs.cluster;

import dev.narrows.files.Reason;
import dev.narrows.study.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The files that {@code spark-submit --files} names, for a driver inside a cluster: YARN and Kubernetes lay them into
 * the driver's folder, and a standalone cluster, which starts the driver on one of its workers, leaves them where they
 * are.
 */
public final class SentFiles {
    private SentFiles() {}

    /**
     * Lays into this process's folder what is not there yet.
     *
     * @throws BadInput with all that cannot be had
     */
    public static void fetch() {
        if (!System.getProperty("spark.submit.deployMode", "").equals("cluster")) {
            return;
        }
        List<String> problems = new ArrayList<>();
        for (String address : System.getProperty("spark.files", "").split(",", -1)) {
            Path from = new Path(address.isEmpty() ? "." : address.replaceFirst("#.*", ""));
            java.nio.file.Path to = java.nio.file.Path.of(from.getName());
            if (address.isEmpty() || Files.exists(to)) {
                continue;
            }
            try {
                boolean withoutSums = true;
                from.getFileSystem(HadoopSettings.here())
                        .copyToLocalFile(
                                false, from, new Path(to.toAbsolutePath().toUri()), withoutSums);
            } catch (IOException | RuntimeException e) {
                problems.add(("Cannot fetch %s, which --files names, to this driver's host: %s; name it where"
                                + " every worker reaches it (a shared disk, hdfs:// or s3a://)")
                        .formatted(address, Reason.of(e)));
            }
        }
        if (!problems.isEmpty()) {
            throw new BadInput(problems);
        }
    }
}
