package dev.narrows.results;

import dev.narrows.files.Folder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/**
 * The trained weights that a study keeps, one TorchScript archive per trial, in {@code weights} of its results folder
 * on any file system of Hadoop. A file is there whole or not at all.
 */
public final class WeightsFolder {
    private static final String END = ".pt";

    private final Folder folder;

    private WeightsFolder(Folder folder) {
        this.folder = folder;
    }

    /** The weights of a results folder, which need not exist yet. */
    public static WeightsFolder of(String results, Configuration configuration) {
        return new WeightsFolder(Folder.at(results, configuration).child("weights"));
    }

    /** The file of a trial's weights, also of one that is not there. */
    public String file(String trialId) {
        return folder + "/" + trialId + END;
    }

    /** @throws java.io.UncheckedIOException where they cannot be written; then nothing of them is there */
    public void keep(String trialId, byte[] archive) {
        folder.write(trialId + END, file -> {
            try (PositionOutputStream stream = file.createOrOverwrite(0)) {
                stream.write(archive);
            }
        });
    }

    /** A trial's archive; empty where it was not kept. */
    public Optional<byte[]> read(String trialId) {
        try {
            InputFile file = folder.input(trialId + END);
            try (SeekableInputStream stream = file.newStream()) {
                byte[] archive = new byte[Math.toIntExact(file.getLength())];
                stream.readFully(archive);
                return Optional.of(archive);
            }
        } catch (FileNotFoundException | NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw folder.failure("read", trialId + END, e);
        }
    }

    /** The trials whose weights are kept. */
    public List<String> trialIds() {
        return folder.names().stream()
                .filter(name -> name.endsWith(END))
                .map(name -> name.substring(0, name.length() - END.length()))
                .toList();
    }

    public void delete(String trialId) {
        folder.delete(trialId + END);
    }
}
