package dev.narrows.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/narrows} in a checkout of its own, with a Java and a Maven that only act so. */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "dirname",
            "readlink",
            "sed",
            "head",
            "rm",
            "find",
            "stty",
            "cut",
            "grep",
            "mkdir",
            "touch",
            "cat",
            "sleep",
            "cp",
            "mv",
            "ln",
            "date");

    private static final String NEEDS_ONNX_RUNTIME = """
            case " $* " in *" -Dnarrows.fetches=onnx "*) exit 76 ;; esac
            while [ "$1" != -cp ]; do shift; done
            echo "$2"
            """;

    @TempDir
    Path folder;

    private Path tools;
    private Path launcher;

    @BeforeEach
    void checkout() throws IOException {
        Path real = Path.of("../bin/narrows");
        Assumptions.assumeTrue(Files.exists(Path.of("/bin/sh")), "this system has no /bin/sh");
        launcher = folder.resolve("checkout/bin/narrows");
        Files.createDirectories(launcher.getParent());
        Files.copy(real, launcher);
        executable(launcher);
        tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path found = Stream.of("/bin", "/usr/bin")
                    .map(bin -> Path.of(bin, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            tool(tool, "exec " + found + " \"$@\"");
        }
    }

    @Test
    void withoutJavaItSaysWhatToInstall() throws Exception {
        refusedWith("narrows: Cannot find Java: install a JDK of version 17 or later (Debian: apt-get install"
                + " openjdk-17-jdk-headless)");
    }

    @Test
    void anOldJavaIsRefusedByItsVersion() throws Exception {
        tool("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
        refusedWith("narrows: Cannot run on Java 11: install a JDK of version 17 or later (Debian: apt-get"
                + " install openjdk-17-jdk-headless)");
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        java("exit 0");
        refusedWith("narrows: Cannot build Narrows: install Maven (Debian: apt-get install maven)");
    }

    @Test
    void aBuildThatFailsShowsItsLastErrors() throws Exception {
        java("exit 0");
        tool("javac", "exit 0");
        tool("mvn", "echo noise; echo '[ERROR] no network'; exit 1");
        Run run = run();
        assertThat(run.exitCode).isEqualTo(2);
        assertThat(run.said)
                .contains("[ERROR] no network")
                .contains("narrows: Cannot build Narrows: see ")
                .doesNotContain("noise");
    }

    @Test
    void itBuildsOnceInOneLineAndHandsArgumentsOn() throws Exception {
        java("for last; do :; done; echo \"last=$last dir=$(pwd) tracking=$OPT_OUT_TRACKING\"; exit 7");
        tool("javac", "exit 0");
        tool("mvn", "mkdir -p jobs/target; touch jobs/target/narrows.jar; echo noise");
        Run first = run("plan", "a b");
        assertThat(first.said.lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("narrows: building the application on first use");
        assertThat(first.said).contains("last=a b dir=" + folder.toRealPath() + " tracking=true");
        assertThat(first.exitCode).isEqualTo(7);
        assertThat(run("plan").said).doesNotContain("building");
    }

    @Test
    void itRunsThroughALink() throws Exception {
        built("echo ran");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("checkout/bin/narrows"));
        launcher = link;
        assertThat(run().said.strip()).isEqualTo("ran");
    }

    /** Classes are loaded when they are first needed, which may be hours after a study began. */
    @Test
    void aBuildChangesNothingUnderAStudyThatRuns() throws Exception {
        built("""
                while [ "$1" != -cp ]; do shift; done
                if [ "$4" = first ]; then
                    touch %1$s/runs
                    while [ ! -e %1$s/go ]; do sleep 0.1; done
                fi
                cat "$2"
                """.formatted(folder));
        tool("javac", "exit 0");
        tool("mvn", "echo new > jobs/target/narrows.jar");
        Files.writeString(folder.resolve("checkout/jobs/target/narrows.jar"), "old\n");
        Files.createDirectories(folder.resolve("checkout/target"));
        Files.createFile(folder.resolve("checkout/target/built"));
        Path said = folder.resolve("first.txt");
        Process first = start(said, "first");
        try {
            while (!Files.exists(folder.resolve("runs")) && first.isAlive()) {
                Thread.sleep(20);
            }
            Path source = folder.resolve("checkout/core/src/main/New.java");
            Files.createDirectories(source.getParent());
            Files.createFile(source);
            Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
            assertThat(run("second").said)
                    .contains("because its sources have changed")
                    .endsWith("new\n");
        } finally {
            Files.createFile(folder.resolve("go"));
            first.waitFor();
        }
        assertThat(said).hasContent("old");
    }

    @Test
    void aProcessThatDiesOfATrialIsStartedAgain() throws Exception {
        built("""
                echo "died=${NARROWS_DIED:-no}"
                [ "${NARROWS_DIED:-no}" = no ] || exit 0
                for word; do case $word in -Dnarrows.running=*) : > "${word#*=}";; esac; done
                kill -6 $$""");
        Run run = run("run", "x");
        assertThat(run.said)
                .contains("died=no")
                .contains("narrows: Java died of signal 6 while trials ran; starting again")
                .contains("died=134");
        assertThat(run.exitCode).isZero();
    }

    @Test
    void aDeathThatIsNoTrialsIsTheEnd() throws Exception {
        built("echo started; kill -6 $$");
        Run run = run("run", "x");
        assertThat(run.said).containsOnlyOnce("started").doesNotContain("starting again");
        assertThat(run.exitCode).isEqualTo(134);
    }

    /** Java says by exit code 76 that the study measures latency in ONNX Runtime. */
    @Test
    void aLibraryThatAStudyNeedsIsDownloadedOnceAndTheCommandStartsAgain() throws Exception {
        built(NEEDS_ONNX_RUNTIME);
        tool("mvn", "echo \"$@\" > target/asked; mkdir target/onnx-runtime; touch target/onnx-runtime/a.jar");
        Run first = run("run", "x");
        assertThat(first.said)
                .startsWith("narrows: downloading ONNX Runtime, 75 MB, for latency in onnx (once; ")
                .endsWith("checkout/target/onnx-runtime/a.jar\n");
        assertThat(first.exitCode).isZero();
        assertThat(folder.resolve("checkout/target/asked"))
                .content()
                .contains("-Dlauncher -pl core dependency:copy@onnx-runtime");
        assertThat(run("run", "x").said).doesNotContain("downloading").contains("onnx-runtime/a.jar");
    }

    @Test
    void aLibraryThatCannotBeDownloadedEndsTheCommand() throws Exception {
        built(NEEDS_ONNX_RUNTIME);
        tool("mvn", "echo '[ERROR] no network'; exit 1");
        Run run = run("run", "x");
        assertThat(run.said)
                .contains("[ERROR] no network")
                .contains("narrows: Cannot download ONNX Runtime: see ")
                .endsWith("or name its jar in NARROWS_CLASSPATH (com.microsoft.onnxruntime:onnxruntime)\n");
        assertThat(run.exitCode).isEqualTo(2);
    }

    private void built(String script) throws IOException {
        java(script);
        Path jar = folder.resolve("checkout/jobs/target/narrows.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
    }

    private void java(String script) throws IOException {
        tool("java", "[ \"$1\" = -version ] && { echo 'openjdk version \"17.0.1\"' >&2; exit 0; }\n" + script);
    }

    private void tool(String name, String script) throws IOException {
        executable(Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n"));
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void refusedWith(String line) throws Exception {
        Run run = run("plan", "x");
        assertThat(run.said.strip()).isEqualTo(line);
        assertThat(run.exitCode).isEqualTo(2);
    }

    private record Run(int exitCode, String said) {}

    private Run run(String... args) throws Exception {
        Path said = folder.resolve("said.txt");
        Process process = start(said, args);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(said));
    }

    private Process start(Path said, String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Stream.of(args))
                        .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("TMPDIR", folder.toString());
        return builder.start();
    }
}
