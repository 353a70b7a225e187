package dev.narrows.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.cost.Cost;
import dev.narrows.family.Families;
import dev.narrows.family.Family;
import dev.narrows.family.Networks;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.study.BadInput;
import dev.narrows.study.Study;
import dev.narrows.study.reading.StudyReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A family in a jar of a user's own is planned like those here: the one of examples/own-family, built and loaded. */
class OwnFamilyTest {
    private static final Path EXAMPLE = Networks.path("examples/own-family");

    @TempDir
    private static Path folder;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    private static URLClassLoader loader;

    @BeforeAll
    static void build() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-Xlint:all,-path,-classfile", "-Werror"));
        arguments.addAll(List.of("-proc:none", "-d", classes.toString()));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        files(EXAMPLE.resolve("src/main/java")).forEach(source -> arguments.add(source.toString()));
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(failed).isZero();
        Path jar = folder.resolve("fire.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            pack(classes, out);
            pack(EXAMPLE.resolve("src/main/resources"), out);
        }
        loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, OwnFamilyTest.class.getClassLoader());
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    @BeforeEach
    void load() {
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterEach
    void unload() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void pack(Path root, JarOutputStream out) throws IOException {
        for (Path file : files(root)) {
            out.putNextEntry(new JarEntry(root.relativize(file).toString()));
            Files.copy(file, out);
            out.closeEntry();
        }
    }

    private Plan plan(String grid) throws IOException {
        Path study = folder.resolve("x.conf");
        Files.writeString(study, "study = x\ninput { shape = [1, 28, 28], classes = 10 }\ngrid = [" + grid + "]\n");
        return Planner.plan(StudyReader.read(study, List.of()));
    }

    /** 1,235,496 parameters are the published ones; MACs and activations are those of its table 1, added up by hand. */
    @Test
    void aPublishedNetworkOfItComesOutExactly() {
        Study study = StudyReader.read(EXAMPLE.resolve("squeezenet-1.1.conf"), List.of());
        List<Variant> variants = Planner.plan(study).variants();
        assertThat(variants).hasSize(1);
        Cost cost = variants.get(0).cost();
        assertThat(cost.params()).isEqualTo(1_235_496);
        assertThat(cost.macs()).isEqualTo(349_151_936);
        assertThat(cost.activations()).isEqualTo(2_589_352);
    }

    @Test
    void itsDefaultsAreThoseOfItsOwnJarAndItsKnobsAreAxes() throws IOException {
        Plan plan = plan("{ family = fire, squeeze-ratio = [0.0625, 0.125, 0.25] }");
        assertThat(plan.rejections()).isEmpty();
        assertThat(plan.variants())
                .extracting(Variant::label)
                .allMatch(label -> label.startsWith("fire squeeze-ratio="));
        assertThat(plan.variants()).hasSize(3);
        assertThat(plan.variants().get(1).settings().values()).containsEntry("share-3x3", 0.5);
    }

    @Test
    void itStandsBesideTheFamiliesHere() throws IOException {
        assertThat(Families.load().names()).contains("fire", "bottleneck");
        assertThat(plan("{ family = fire }, { family = bottleneck }").variants())
                .hasSize(2);
    }

    @Test
    void itsMistakesAreToldLikeAnyOther() throws IOException {
        assertThatThrownBy(() -> plan("{ family = fire, squeeze-ration = 0.5 }"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("x.conf: 3: Cannot take squeeze-ration: fire has no such knob")
                .hasMessageContaining("squeeze-ratio");
        assertThat(plan("{ family = fire, squeeze-ratio = 0.001 }").rejections())
                .singleElement()
                .extracting(Rejection::reason)
                .isEqualTo("Cannot take squeeze-ratio = 0.001 of 64 channels: 0 is not between 1 and 63");
    }

    @Test
    void withoutItsJarItIsNotThere() {
        Thread.currentThread().setContextClassLoader(before);
        assertThatThrownBy(() -> plan("{ family = fire }"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("Cannot take family = fire: there is no such family");
    }

    @Test
    void itsNetworksGiveAScoreAClass() {
        Family fire = Families.load().find("fire").orElseThrow();
        Study study = StudyReader.read(EXAMPLE.resolve("squeezenet-1.1.conf"), List.of());
        Variant variant = Planner.plan(study).variants().get(0);
        Layer network = fire.build(variant.settings(), new Shape(3, 64, 64), 7);
        assertThat(network.output(new Shape(3, 64, 64))).isEqualTo(new Shape(7, 1, 1));
    }
}
