package dev.narrows.checkpoint;

import dev.narrows.trial.TrialHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The checkpoints of one trial in memory, as the bytes of their files: one after every epoch. */
public final class MemoryCheckpoints implements TrialCheckpoints {
    private final Map<Integer, byte[]> byEpoch = new TreeMap<>();
    private final ArrayList<TrialHistory> found = new ArrayList<>();
    private final ArrayList<Throwable> failures = new ArrayList<>();
    private final byte[] last;

    /** A trial that begins at the beginning. */
    public MemoryCheckpoints() {
        this(new byte[0]);
    }

    /** @param last bytes of the checkpoint to go on from; none for no checkpoint */
    public MemoryCheckpoints(byte[] last) {
        this.last = last;
    }

    /** The file of each epoch. */
    public Map<Integer, byte[]> byEpoch() {
        return byEpoch;
    }

    /** The histories at starts of which a checkpoint was found. */
    public ArrayList<TrialHistory> histories() {
        return found;
    }

    public ArrayList<Throwable> failures() {
        return failures;
    }

    /** The checkpoint that these bytes are. */
    public static Checkpoint read(byte[] file) throws UnusableCheckpointException {
        return CheckpointFile.read(ByteBuffer.wrap(file));
    }

    public static byte[] bytes(Checkpoint checkpoint) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            CheckpointFile.write(checkpoint, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public Optional<Checkpoint> last() throws UnusableCheckpointException {
        return last.length == 0 ? Optional.empty() : Optional.of(read(last));
    }

    @Override
    public void found(TrialHistory history) {
        found.add(history);
    }

    @Override
    public boolean isDue() {
        return true;
    }

    @Override
    public void take(Checkpoint checkpoint) {
        byEpoch.put(checkpoint.epochs(), bytes(checkpoint));
    }

    @Override
    public boolean keep(Supplier<Checkpoint> checkpoint) {
        take(checkpoint.get());
        return true;
    }

    @Override
    public void failed(Throwable reason) {
        failures.add(reason);
    }
}
