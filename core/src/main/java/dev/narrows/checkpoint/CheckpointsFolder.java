package dev.narrows.checkpoint;

import dev.narrows.files.Folder;
import dev.narrows.files.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/**
 * The checkpoints of a study, at most one per trial, in {@code _checkpoints} of its results folder on any file system
 * of Hadoop. A file is there whole or not at all.
 */
public final class CheckpointsFolder {
    private static final String NAME = "_checkpoints";
    private static final String END = ".ckpt";

    private static final int PIECE_BYTES = 1 << 20;

    private final Folder folder;

    private CheckpointsFolder(Folder folder) {
        this.folder = folder;
    }

    /** The checkpoints of a results folder, which need not exist yet. */
    public static CheckpointsFolder of(String results, Configuration configuration) {
        return new CheckpointsFolder(Folder.at(results, configuration).child(NAME));
    }

    /**
     * Keeps a checkpoint, in the place of an earlier one of its trial.
     *
     * @throws java.io.UncheckedIOException where it cannot be written; then the earlier one is still there
     */
    public void keep(Checkpoint checkpoint) {
        folder.write(checkpoint.trialId() + END, file -> {
            try (PositionOutputStream out = file.createOrOverwrite(0)) {
                CheckpointFile.write(checkpoint, out);
            }
        });
    }

    /**
     * The checkpoint of a trial; empty where it has none.
     *
     * @throws UnusableCheckpointException where there is one and it cannot be read
     */
    public Optional<Checkpoint> read(String trialId) throws UnusableCheckpointException {
        try {
            InputFile file = folder.input(trialId + END);
            ByteBuffer bytes = offHeap(Math.toIntExact(file.getLength()));
            try (SeekableInputStream in = file.newStream()) {
                readOffHeap(in, bytes);
            }
            Checkpoint checkpoint = CheckpointFile.read(bytes.flip());
            if (!checkpoint.trialId().equals(trialId)) {
                throw new UnusableCheckpointException("it is that of trial " + checkpoint.trialId());
            }
            return Optional.of(checkpoint);
        } catch (FileNotFoundException | NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            // Some file systems tell of failures by runtime exceptions. None of them is worth a trial.
            throw new UnusableCheckpointException(Reason.of(e), e);
        }
    }

    /** Memory that is short must cost the checkpoint, and not the trial: that one may fit without. */
    private static ByteBuffer offHeap(int length) throws UnusableCheckpointException {
        try {
            return ByteBuffer.allocateDirect(length);
        } catch (OutOfMemoryError e) {
            throw new UnusableCheckpointException(
                    "it has %,d bytes, and so many are not free off the heap (-XX:MaxDirectMemorySize)"
                            .formatted(length),
                    e);
        }
    }

    /** Reads piece by piece: streams of some file systems fill arrays only. */
    private static void readOffHeap(SeekableInputStream in, ByteBuffer bytes) throws IOException {
        byte[] piece = new byte[Math.min(PIECE_BYTES, bytes.capacity())];
        while (bytes.hasRemaining()) {
            int length = Math.min(piece.length, bytes.remaining());
            in.readFully(piece, 0, length);
            bytes.put(piece, 0, length);
        }
    }

    public boolean has(String trialId) {
        return folder.exists(trialId + END);
    }

    public void delete(String trialId) {
        folder.delete(trialId + END);
    }

    /** The trials that have a checkpoint. */
    public List<String> trialIds() {
        return folder.names().stream()
                .filter(name -> name.endsWith(END))
                .map(name -> name.substring(0, name.length() - END.length()))
                .toList();
    }

    /** Deletes what writers that died have left. The caller makes sure that nobody is writing. */
    public void sweep() {
        folder.sweep();
    }
}
