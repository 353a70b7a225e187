package dev.narrows.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.net.Conv;
import dev.narrows.net.Shape;
import dev.narrows.program.Lowering;
import dev.narrows.study.Optimizer;
import dev.narrows.trial.Environment;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.GpuEnvironment;
import dev.narrows.trial.Overlap;
import dev.narrows.trial.TrialEvent.EpochEnded;
import dev.narrows.trial.TrialEvent.Started;
import dev.narrows.trial.TrialHistory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointFileTest {
    private static final StateLayout LAYOUT = StateLayout.of(
            Lowering.of(Conv.pointwise(3, 5, true), new Shape(3, 4, 4)), new Optimizer.AdamW(0.9, 0.999, 1e-8, 0));

    private static final Environment PLACE = new Environment(
            "host", "processor", "cpu", "fp32", 2, "narrows=1.2;commit=abc;djl=0.3;pytorch=2.7;java=17");

    @TempDir
    Path folder;

    private static Epoch epoch(int number, boolean masks) {
        return new Epoch(
                number,
                0.1,
                0.2,
                0.3,
                0.4,
                masks ? null : 0.5,
                0.6,
                masks ? null : 0.7,
                0.8,
                0.9,
                masks ? new Overlap(0.25, 0.4) : null);
    }

    /** Three attempts, one of them on a GPU. */
    static Checkpoint checkpoint() {
        Environment gpu = new Environment(
                "other", "", "gpu:1", "fp32", 2, PLACE.versions(), new GpuEnvironment("H100", "9.0", "1", "2", "3"));
        TrialHistory history = TrialHistory.of(
                new Started(10, 0, gpu, null),
                new EpochEnded(11, epoch(1, true)),
                new Started(13, 0, PLACE, "channels-last-1"),
                new EpochEnded(14, epoch(1, false)),
                new Started(15, 1, PLACE, "channels-last-1"),
                new EpochEnded(16, epoch(2, false)));
        ByteBuffer tensors = ByteBuffer.allocate((int) LAYOUT.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < tensors.capacity() / Float.BYTES; i++) {
            tensors.putFloat(i * Float.BYTES, i * -0.1f);
        }
        return new Checkpoint(
                "0123456789abcdef",
                history,
                new StepClock(6, 5, 1024, 3, 5),
                new Effort(7, 6, 5, 4.5, 1L << 33),
                LAYOUT.checksum(),
                tensors);
    }

    @Test
    void aCheckpointIsReadAsItWasWritten() throws Exception {
        Checkpoint written = checkpoint();
        Checkpoint read = MemoryCheckpoints.read(MemoryCheckpoints.bytes(written));
        assertThat(read).isEqualTo(written);
        assertThat(read.epochs()).isEqualTo(2);
        assertThat(LAYOUT.weights(read.tensors()).get(LAYOUT.parameters().get(0))[3])
                .isEqualTo(3 * -0.1f);
        assertThat(LAYOUT.kept(read.tensors()).keySet()).containsExactly("first", "second");
        int parameters = (int) LAYOUT.bytes() / Float.BYTES / 3;
        assertThat(LAYOUT.kept(read.tensors())
                        .get("first")
                        .get(LAYOUT.parameters().get(0))[0])
                .isEqualTo(parameters * -0.1f);
    }

    @Test
    void everyLengthThatIsTooShortIsFound() {
        byte[] whole = MemoryCheckpoints.bytes(checkpoint());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> MemoryCheckpoints.read(cut))
                    .isInstanceOf(UnusableCheckpointException.class)
                    .hasMessage("it is cut off, after %d bytes".formatted(length));
        }
        assertThatThrownBy(() -> MemoryCheckpoints.read(Arrays.copyOf(whole, whole.length + 1)))
                .hasMessage("it is longer than it says");
    }

    @Test
    void everyBitThatFlipsIsFound() {
        byte[] whole = MemoryCheckpoints.bytes(checkpoint());
        for (int place = 0; place < whole.length; place++) {
            byte[] damaged = whole.clone();
            damaged[place] ^= (byte) (1 << place % 8);
            assertThatThrownBy(() -> MemoryCheckpoints.read(damaged))
                    .as("byte %d", place)
                    .isInstanceOf(UnusableCheckpointException.class);
        }
    }

    @Test
    void anotherFormatIsNamed() {
        byte[] later = MemoryCheckpoints.bytes(checkpoint());
        later[11] = 9;
        assertThatThrownBy(() -> MemoryCheckpoints.read(later))
                .hasMessage("it is of format 9, and this version reads format 1");
    }

    @Test
    void aFolderHasOneCheckpointPerTrialAndNothingElse() throws Exception {
        CheckpointsFolder checkpoints = CheckpointsFolder.of(folder.toString(), new Configuration(false));
        assertThat(checkpoints.trialIds()).isEmpty();
        assertThat(checkpoints.read("0123456789abcdef")).isEmpty();
        checkpoints.keep(checkpoint());
        checkpoints.keep(checkpoint());
        assertThat(checkpoints.trialIds()).containsExactly("0123456789abcdef");
        assertThat(checkpoints.read("0123456789abcdef")).contains(checkpoint());
        Path file = folder.resolve("_checkpoints/0123456789abcdef.ckpt");
        Files.copy(file, folder.resolve("_checkpoints/other.ckpt"));
        assertThatThrownBy(() -> checkpoints.read("other")).hasMessage("it is that of trial 0123456789abcdef");
        Files.writeString(folder.resolve("_checkpoints/.a.ckpt.0c9c8f2e-0000-4000-8000-000000000000"), "half");
        checkpoints.sweep();
        checkpoints.delete("other");
        checkpoints.delete("0123456789abcdef");
        assertThat(folder.resolve("_checkpoints")).isEmptyDirectory();
    }

    /** Reads a checkpoint in a process of its own, whose limit of memory off the heap this one must not have. */
    static final class Reading {
        private Reading() {}

        public static void main(String[] words) {
            try {
                CheckpointsFolder.of(words[0], new Configuration(false)).read("large");
            } catch (UnusableCheckpointException e) {
                System.out.println("unusable: " + e.getMessage());
            }
        }
    }

    @Test
    void aCheckpointForWhichMemoryIsShortIsUnusableAndEndsNoTrial() throws Exception {
        Path file = folder.resolve("_checkpoints/large.ckpt");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[3 << 20]);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:MaxDirectMemorySize=2m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reading.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(printed.lines())
                .contains("unusable: it has 3,145,728 bytes, and so many are not free off the heap"
                        + " (-XX:MaxDirectMemorySize)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blocked-1 | fp32 | 2 | 2.7 | 3 | its form is channels-last-1, and that of this process is blocked-1",
                "channels-last-1 | bf16 | 2 | 2.7 | 3 | its precision is fp32, and that of this process is bf16",
                "channels-last-1 | fp32 | 1 | 2.7 | 3 | its number of threads is 2, and that of this process is 1",
                "channels-last-1 | fp32 | 2 | 2.8 | 3 | its version of pytorch is 2.7, and that of this process is 2.8",
                "channels-last-1 | fp32 | 2 | 2.7 | 2 | it has 2 epochs, and the trial ends after 2",
                "channels-last-1 | fp32 | 2 | 2.7 | 3 |"
            })
    void aTrialGoesOnOnlyAsItBegan(
            String form, String precision, int threads, String pytorch, int epochs, String reason) {
        Environment here = new Environment(
                "elsewhere",
                "processor",
                "cpu",
                precision,
                threads,
                "narrows=1.2;commit=xyz;djl=0.3;pytorch=" + pytorch + ";java=21");
        assertThat(checkpoint().misfit(form, here, LAYOUT, epochs).orElse(null)).isEqualTo(reason);
        assertThat(checkpoint()
                        .misfit(
                                "channels-last-1",
                                PLACE,
                                new StateLayout(LAYOUT.parameters(), java.util.List.of("velocity")),
                                3))
                .contains("it holds the tensors of another network or optimizer");
    }

    @Test
    void theSizeOnDiskIsAtMostThatOfThePlanAndItsTensorsAreExact() {
        byte[] file = MemoryCheckpoints.bytes(checkpoint());
        long most = CheckpointSize.most(LAYOUT, 3);
        assertThat((long) file.length).isBetween(LAYOUT.bytes(), most);
        assertThat(most - LAYOUT.bytes()).isLessThan(5000);
        assertThat(LAYOUT.bytes()).isEqualTo(3 * (3 * 5 + 5) * Float.BYTES);
    }

    @ParameterizedTest
    @CsvSource({"2m, 120", "30s, 30", "1.5h, 5400", "250ms, 0.25", "0, 0", "off, Infinity", "'2 m', 120"})
    void intervalsAreReadWithTheirUnits(String text, double seconds) {
        CheckpointInterval interval = CheckpointInterval.parse(text);
        assertThat(interval.seconds()).isEqualTo(seconds);
        assertThat(CheckpointInterval.parse(interval.toString())).isEqualTo(interval);
        assertThat(interval.isOver(1e9)).isEqualTo(interval != CheckpointInterval.OFF);
    }

    @ParameterizedTest
    @CsvSource({"2", "-1s", "2 days", "''", "never"})
    void anotherWordForAnIntervalIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> CheckpointInterval.parse(text))
                .hasMessage("'%s' is not a pause between checkpoints: 2m, 30s or 1h, 0 for every epoch, or off"
                        .formatted(text));
    }
}
