package dev.narrows.jobs.cluster;

import dev.narrows.jobs.executor.Commit;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Rows as files of a folder that every process of this host reaches, for tests without Parquet. */
record RowFiles(String folder) implements Commit {
    @Override
    public void row(Trial trial, TrialResult result) throws IOException {
        Path rows = Files.createDirectories(Path.of(folder));
        Path made = Files.createTempFile(rows, ".row", "");
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(made))) {
            out.writeObject(result);
        }
        Files.move(made, rows.resolve(trial.id()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Optional<TrialResult> kept(Trial trial) {
        Path row = Path.of(folder, trial.id());
        return Files.exists(row) ? Optional.of(read(row)) : Optional.empty();
    }

    Map<String, TrialResult> all() throws IOException {
        Map<String, TrialResult> rows = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .forEach(file -> rows.put(file.getFileName().toString(), read(file)));
        }
        return rows;
    }

    private static TrialResult read(Path row) {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(row))) {
            return (TrialResult) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
