package dev.narrows.jobs;

import dev.narrows.engine.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Text of {@code --version}: the versions of Narrows and of its libraries. */
final class Libraries implements IVersionProvider {
    @Override
    public String[] getVersion() {
        Properties build = new Properties();
        try (InputStream in = Libraries.class.getResourceAsStream("libraries.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String[] {
            "Narrows %s (%s)".formatted(Versions.narrows(), Versions.commit()),
            "Java " + Runtime.version(),
            "Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION(),
            "DJL %s, PyTorch %s".formatted(build.getProperty("djl"), build.getProperty("pytorch"))
        };
    }
}
