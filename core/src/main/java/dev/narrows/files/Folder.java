package dev.narrows.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A folder on any Hadoop file system, in which a file appears whole or not at all. The first file creates the folder.
 *
 * <p>Every failure is an {@link UncheckedIOException} that names the file and the {@link Reason}.
 */
public final class Folder {
    private static final String FILE = "file";

    private final Path path;
    private final Configuration configuration;
    private final Storage storage;

    private Folder(Path path, Configuration configuration) {
        this.path = path;
        this.configuration = configuration;
        storage = isLocal(path, configuration)
                ? new LocalStorage(java.nio.file.Path.of(path.toUri().getPath()))
                : new HadoopStorage(path, configuration);
    }

    /**
     * @param path on any Hadoop file system; without a scheme, on the default one
     * @throws IllegalArgumentException if it is not a path
     */
    public static Folder at(String path, Configuration configuration) {
        return new Folder(new Path(path), configuration);
    }

    public Folder child(String name) {
        return new Folder(new Path(path, name), configuration);
    }

    private static boolean isLocal(Path path, Configuration configuration) {
        String scheme = path.toUri().getScheme();
        if (scheme == null) {
            scheme = URI.create(configuration.get(FileSystem.FS_DEFAULT_NAME_KEY, "file:///"))
                    .getScheme();
        }
        return scheme == null || scheme.equals(FILE);
    }

    /** The absolute address, valid in any working directory and on any machine. */
    public String address() {
        if (storage instanceof LocalStorage disk) {
            return FILE + ":" + disk.folder().toAbsolutePath();
        }
        try {
            return path.getFileSystem(configuration).makeQualified(path).toString();
        } catch (IOException e) {
            throw failure("reach", "", e);
        } catch (RuntimeException e) {
            // Hadoop says so where the class of a file system is missing.
            throw failure("reach", "", new IOException(e));
        }
    }

    /** The path on this machine's disk, if it is one. */
    public Optional<java.nio.file.Path> local() {
        return storage instanceof LocalStorage disk ? Optional.of(disk.folder()) : Optional.empty();
    }

    /** Names of the files in the folder, without files being written; none if there is no such folder. */
    public List<String> names() {
        return all().stream().filter(name -> !name.startsWith(".")).sorted().toList();
    }

    /** Names of the folders in it, in the order of their letters; empty if there is no such folder. */
    public Optional<List<String>> folders() {
        try {
            return Optional.of(storage.folders().stream().sorted().toList());
        } catch (NoSuchFileException | FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("list", "", e);
        }
    }

    /** Deletes unfinished files of writers that died. The caller makes sure that nobody is writing. */
    public void sweep() {
        all().stream().filter(name -> name.matches("\\..*\\.[0-9a-f-]{36}")).forEach(this::delete);
    }

    private List<String> all() {
        try {
            return storage.names();
        } catch (IOException e) {
            throw failure("list", "", e);
        }
    }

    public boolean exists(String name) {
        try {
            return storage.exists(name);
        } catch (IOException e) {
            throw failure("look for", name, e);
        }
    }

    /** The text of a file; empty if there is no such file. */
    public Optional<String> text(String name) {
        try {
            InputFile file = storage.input(name);
            byte[] bytes = new byte[Math.toIntExact(file.getLength())];
            try (SeekableInputStream in = file.newStream()) {
                in.readFully(bytes);
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException | FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("read", name, e);
        }
    }

    /** Writes a text file and replaces an existing one. */
    public void write(String name, String text) {
        write(name, file -> {
            try (PositionOutputStream out = file.createOrOverwrite(0)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** Content of a file. */
    @FunctionalInterface
    public interface Body {
        void to(OutputFile file) throws IOException;
    }

    /** Writes a file and replaces an existing one. */
    public void write(String name, Body body) {
        try {
            storage.write(name, body::to);
        } catch (IOException e) {
            throw failure("write", name, e);
        }
    }

    /** Writes a text file unless one of that name exists. Of several concurrent calls, one returns {@code true}. */
    public boolean create(String name, String text) {
        try {
            return storage.create(name, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure("write", name, e);
        }
    }

    public InputFile input(String name) throws IOException {
        return storage.input(name);
    }

    /** Waits until a file would outlive a power failure. */
    public void sync(String name) {
        try {
            storage.sync(name);
        } catch (IOException e) {
            throw failure("sync", name, e);
        }
    }

    /** Deletes a file, if it exists. */
    public void delete(String name) {
        try {
            storage.delete(name);
        } catch (IOException e) {
            throw failure("delete", name, e);
        }
    }

    /** Exception for a failed operation on a file of this folder. */
    public UncheckedIOException failure(String verb, String name, IOException e) {
        return new UncheckedIOException(
                "Cannot %s %s: %s".formatted(verb, name.isEmpty() ? this : this + "/" + name, Reason.of(e)), e);
    }

    @Override
    public String toString() {
        return local().map(java.nio.file.Path::toString).orElseGet(path::toString);
    }
}
