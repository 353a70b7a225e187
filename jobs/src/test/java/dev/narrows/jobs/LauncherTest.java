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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/narrows} in a checkout of its own, with a Java and a Maven that only act so. */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "dirname",
            "readlink",
            "sed",
            "head",
            "rm",
            "rmdir",
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

    /** A source that changes after Maven has read it is not in the jar. */
    @Test
    void anEditDuringABuildIsBuiltNext() throws Exception {
        java("exit 0");
        tool("javac", "exit 0");
        tool("mvn", """
                mkdir -p jobs/target core/src/main
                touch jobs/target/narrows.jar
                sleep 0.1
                touch core/src/main/New.java""");
        assertThat(run().said).contains("on first use");
        assertThat(run().said).contains("narrows: building the application again, because its sources have changed");
    }

    @Test
    void aJarThatMavenBuiltByItselfIsBuiltAgainAfterAnEdit() throws Exception {
        built("echo ran");
        tool("javac", "exit 0");
        tool("mvn", "exit 0");
        Path source = folder.resolve("checkout/core/src/main/New.java");
        Files.createDirectories(source.getParent());
        Files.createFile(source);
        Path jar = folder.resolve("checkout/jobs/target/narrows.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run().said.strip()).isEqualTo("ran");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(5)));
        assertThat(run().said).contains("because its sources have changed").endsWith("ran\n");
        assertThat(run().said.strip()).isEqualTo("ran");
    }

    @Test
    @Timeout(60)
    void ofTwoLaunchesAtOnceOneBuildsAndTheOtherWaits() throws Exception {
        java("echo ran");
        tool("javac", "exit 0");
        tool("mvn", """
                echo build >> %1$s/builds
                while [ ! -e %1$s/go ]; do sleep 0.1; done
                mkdir -p jobs/target
                touch jobs/target/narrows.jar""".formatted(folder));
        Path one = folder.resolve("one.txt");
        Path other = folder.resolve("other.txt");
        Process first = start(one);
        Process second = start(other);
        try {
            while (!(Files.readString(one) + Files.readString(other)).contains("waiting")
                    && first.isAlive()
                    && second.isAlive()) {
                Thread.sleep(20);
            }
        } finally {
            Files.createFile(folder.resolve("go"));
            first.waitFor();
            second.waitFor();
        }
        assertThat(folder.resolve("builds")).hasContent("build");
        List<String> said = List.of(Files.readString(one), Files.readString(other));
        assertThat(said)
                .allMatch(words -> words.endsWith("ran\n"))
                .anyMatch(words -> words.startsWith("narrows: building the application on first use"))
                .anyMatch(words ->
                        words.matches("narrows: waiting for process \\d+, which builds the application\nran\n"));
        assertThat(folder.resolve("checkout/target/building")).doesNotExist();
    }

    /** A dead process leaves the lock with its name or, for a moment, without. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLockOfADeadProcessHoldsNobodyUp(boolean named) throws Exception {
        java("echo ran");
        tool("javac", "exit 0");
        tool("mvn", "mkdir -p jobs/target; touch jobs/target/narrows.jar");
        Process dead = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        dead.waitFor();
        Path lock = folder.resolve("checkout/target/building");
        Files.createDirectories(named ? lock.resolve(Long.toString(dead.pid())) : lock);
        assertThat(run().said)
                .startsWith("narrows: building the application on first use")
                .endsWith("ran\n");
        assertThat(lock).doesNotExist();
    }

    @Test
    void aBuildThatFailsOrCannotBeginGivesItsLockBack() throws Exception {
        java("exit 0");
        assertThat(run().said).contains("install Maven");
        assertThat(folder.resolve("checkout/target/building")).doesNotExist();
        tool("javac", "exit 0");
        tool("mvn", "exit 1");
        assertThat(run().exitCode).isEqualTo(2);
        assertThat(folder.resolve("checkout/target/building")).doesNotExist();
    }

    /** A locale with another encoding than UTF-8 reads names as its terminal writes them. */
    @ParameterizedTest
    @CsvSource({"ANSI_X3.4-1968, C.UTF-8", "US-ASCII, C.UTF-8", "UTF-8, none", "ISO-8859-1, none"})
    void thePlainLocaleBecomesUtf8(String charmap, String locale) throws Exception {
        built("echo \"${LC_ALL:-none}\"");
        tool("locale", "echo " + charmap);
        assertThat(run().said.strip()).isEqualTo(locale);
    }

    @Test
    void aStudyWhoseNameIsNotAsciiIsReadInThePlainLocale() throws Exception {
        Path locale = Path.of("/usr/bin/locale");
        Assumptions.assumeTrue(Files.isExecutable(locale), "this system has no locale command");
        tool("locale", "exec " + locale + " \"$@\"");
        built("while [ \"$1\" != dev.narrows.jobs.Narrows ]; do shift; done\nexec '%s' -cp '%s' \"$@\""
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        Files.copy(Path.of("../conf/studies/quickstart.conf"), folder.resolve("study.conf"));
        // The name comes from the shell, since this process may be in the plain locale too.
        tool("plan-it", """
                name=$(printf '\\303\\251tude.conf')
                cp study.conf "$name"
                exec checkout/bin/narrows plan "$name\"""");
        launcher = tools.resolve("plan-it");
        Run run = run();
        assertThat(run.said).contains("14 variants").doesNotContain("Cannot");
        assertThat(run.exitCode).isZero();
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
