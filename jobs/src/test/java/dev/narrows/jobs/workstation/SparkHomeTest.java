package dev.narrows.jobs.workstation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkHomeTest {
    /** Lies in the library for processors, and in no other jar. */
    private static final String PROCESSORS = "native/lib/pytorch.properties";

    @TempDir
    Path folder;

    @Test
    void itHoldsTheClassPathOfThisProcessWithoutWhatIsLeftOut() throws Exception {
        assertThat(SparkHomeTest.class.getClassLoader().getResource(PROCESSORS)).isNotNull();
        assertThat(hasProcessors("whole", "nothing")).isTrue();
        assertThat(hasProcessors("part", "pytorch-native-cpu")).isFalse();
    }

    private boolean hasProcessors(String name, String leftOut) throws Exception {
        SparkHome home = SparkHome.of(folder.resolve(name), jar -> !jar.startsWith(leftOut));
        URL jar = home.folder().resolve("jars/class-path.jar").toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
            assertThat(loader.loadClass("dev.narrows.jobs.Narrows")).isNotNull();
            assertThat(loader.loadClass("org.apache.spark.executor.CoarseGrainedExecutorBackend"))
                    .isNotNull();
            return loader.getResource(PROCESSORS) != null;
        }
    }
}
