package dev.narrows.jobs.cluster;

import dev.narrows.study.BadInput;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

/** A cluster in Spark's own words: the properties that {@code spark-submit} takes by {@code --properties-file}. */
public final class ClusterFile {
    private static final String SPARK = "spark.";

    private ClusterFile() {}

    /**
     * Makes them properties of this process, where Spark and Hadoop look for them, as {@code spark-submit} does. Those
     * that the process was started with take precedence.
     *
     * @throws BadInput with all lines that are no properties of Spark
     */
    public static void use(Path file) {
        Properties lines = read(file);
        List<String> foreign = new TreeSet<>(lines.stringPropertyNames())
                .stream().filter(key -> !key.startsWith(SPARK)).toList();
        if (!foreign.isEmpty()) {
            throw new BadInput("%s: Cannot take %s: properties of Spark begin with %s"
                    .formatted(file, String.join(", ", foreign), SPARK));
        }
        for (String key : lines.stringPropertyNames()) {
            if (System.getProperty(key) == null) {
                System.setProperty(key, lines.getProperty(key).strip());
            }
        }
    }

    private static Properties read(Path file) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
            return lines;
        } catch (NoSuchFileException e) {
            throw new BadInput("Cannot read the cluster's properties in %s: there is no such file".formatted(file));
        } catch (IllegalArgumentException e) {
            throw new BadInput("%s: Cannot read the cluster's properties: %s".formatted(file, e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e), e);
        }
    }
}
