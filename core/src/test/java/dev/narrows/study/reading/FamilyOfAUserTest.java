package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.narrows.family.Family;
import dev.narrows.family.Knob;
import dev.narrows.family.Settings;
import dev.narrows.net.Conv;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.space.Planner;
import dev.narrows.study.Axis;
import dev.narrows.study.Study;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A family in a jar of a user's own stands beside those here, with its defaults in a reference.conf of that jar. */
class FamilyOfAUserTest {
    @TempDir
    Path folder;

    /** One convolution, and a way to fail. */
    public static final class Single implements Family {
        private static final Knob<Integer> WIDTH = Knob.integer("conv.width", 1, "Channels");
        private static final Knob<Integer> KERNEL = Knob.integer("conv.kernel", 1, "Side of the window, in pixels");

        @Override
        public String name() {
            return "single";
        }

        @Override
        public List<Knob<?>> knobs() {
            return List.of(WIDTH, KERNEL);
        }

        @Override
        public Layer build(Settings settings, Shape input, int classes) {
            int width = settings.get(WIDTH);
            if (width == 13) {
                throw new IllegalStateException("a fault of its own");
            }
            return Conv.same(input.channels(), width, settings.get(KERNEL), 1, 1, false);
        }
    }

    private <T> T withJar(String reference, java.util.function.Supplier<T> work) throws IOException {
        Path jar = Files.createDirectories(folder.resolve("jar"));
        Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(jar.resolve("META-INF/services/" + Family.class.getName()), Single.class.getName());
        Files.writeString(jar.resolve("reference.conf"), reference);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void itsDefaultsAreThoseOfItsJar() throws IOException {
        Study study = withJar(
                "families.single { conv { width = 4, kernel = 3 } }",
                () -> StudyFiles.grid(folder, "{ family = single, conv.kernel = [1, 5] }"));
        assertThat(study.grid().get(0).axes()).extracting(Axis::values).containsExactly(List.of(4), List.of(1, 5));
        assertThat(study.resolved()).contains("width=4");
    }

    @Test
    void aDefaultThatItsJarLacksMustBeGiven() throws IOException {
        assertThat(withJar(
                        "families.single { conv { width = 4 } }",
                        () -> StudyFiles.problems(folder, StudyFiles.gridText("{ family = single }"))))
                .containsExactly("x.conf: 2: Cannot plan single: conv.kernel has no value,"
                        + " here or in a reference.conf under families.single");
    }

    @Test
    void aFaultOfItsOwnIsARejectionAndStopsNoOther() throws IOException {
        Study study = withJar(
                "families.single { conv { width = 4, kernel = 3 } }",
                () -> StudyFiles.grid(folder, "{ family = single, conv.width = [12, 13, 14] }"));
        assertThat(Planner.plan(study).variants()).hasSize(2);
        assertThat(Planner.plan(study).rejections())
                .extracting(rejection -> rejection.reason())
                .containsExactly("Cannot build single: it threw java.lang.IllegalStateException: a fault of its own");
    }
}
