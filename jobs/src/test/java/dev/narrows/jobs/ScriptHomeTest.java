package dev.narrows.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts in {@code bin/} find the checkout that they stand in, with tools that only say where they are. */
class ScriptHomeTest {
    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void checkout() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/bin/sh")), "this system has no /bin/sh");
        home = folder.toRealPath().resolve("my checkout");
        for (String inside : List.of("bin", "notebooks", "jobs/target", "target")) {
            Files.createDirectories(home.resolve(inside));
        }
        for (String name : List.of("narrows", "notebooks", "campaign")) {
            executable(home.resolve("bin").resolve(name), Files.readString(Path.of("../bin", name)));
        }
        Files.createFile(home.resolve("jobs/target/narrows.jar"));
        Files.createFile(home.resolve("target/test-classpath"));
        Files.createFile(folder.resolve("study.conf"));
        executable(home.resolve("bin/python-environment"), "#!/bin/sh\necho python3\n");
        Path tools = Files.createDirectory(folder.resolve("tools"));
        String says = "#!/bin/sh\necho \"$(pwd -P) $*\"\n";
        executable(tools.resolve("python3"), says);
        executable(tools.resolve("mvn"), says);
        executable(
                tools.resolve("java"),
                "#!/bin/sh\n[ \"$1\" = -version ] && { echo 'version \"17.0.1\"'; exit 0; }\necho \"$(pwd -P) $*\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"narrows", "notebooks", "campaign"})
    void throughALinkToALink(String script) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("my checkout/bin", script));
        Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("bin/again"), link.toAbsolutePath());
        findsItsHome("bin/again", "");
    }

    /** A path of folders in which cd looks first, and then prints the one that it took. */
    @ParameterizedTest
    @ValueSource(strings = {"narrows", "notebooks", "campaign"})
    void whateverFoldersCdIsToSearch(String script) throws Exception {
        Files.createDirectories(folder.resolve("elsewhere/my checkout/bin"));
        findsItsHome("my checkout/bin/" + script, folder.resolve("elsewhere") + ":" + folder);
    }

    private void findsItsHome(String called, String cdPath) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", called, ".").directory(folder.toFile());
        if (!called.endsWith("narrows")) {
            // A results folder for the notebooks, a study for the campaign.
            Files.createFile(folder.resolve("trials.parquet"));
        }
        builder.environment().put("PATH", folder.resolve("tools") + ":/usr/bin:/bin");
        builder.environment().put("CDPATH", cdPath);
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().remove("JAVA_HOME");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains(home + "/").doesNotContain("elsewhere");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
