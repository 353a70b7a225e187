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
 * A folder on any file system of Hadoop, in which a file appears whole or not at all. It is made with its first file.
 *
 * <p>Every failure is an {@link UncheckedIOException} that names the file and says the {@link Reason}.
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
     * @param path of any Hadoop file system; without a scheme it is of the default one
     * @throws IllegalArgumentException where it is no path at all
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

    /** The whole address of it, which means the same in any working directory and on any machine. */
    public String address() {
        if (storage instanceof LocalStorage disk) {
            return FILE + ":" + disk.folder().toAbsolutePath();
        }
        try {
            return path.getFileSystem(configuration).makeQualified(path).toString();
        } catch (IOException e) {
            throw failure("reach", "", e);
        }
    }

    /** As a path of this machine's own, where it is one. */
    public Optional<java.nio.file.Path> local() {
        return storage instanceof LocalStorage disk ? Optional.of(disk.folder()) : Optional.empty();
    }

    /** The names of the files in it, none where there is no such folder; those of files being written are left out. */
    public List<String> names() {
        return all().stream().filter(name -> !name.startsWith(".")).sorted().toList();
    }

    /** Takes away what writers that died had begun. Only right where nobody writes. */
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

    /** What a file of text says; empty where there is none. */
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

    /** Writes a text, in the place of one that is there already. */
    public void write(String name, String text) {
        write(name, file -> {
            try (PositionOutputStream out = file.createOrOverwrite(0)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** What a file holds. */
    @FunctionalInterface
    public interface Body {
        void to(OutputFile file) throws IOException;
    }

    /** Writes a file in the place of one that is there already. */
    public void write(String name, Body body) {
        try {
            storage.write(name, body::to);
        } catch (IOException e) {
            throw failure("write", name, e);
        }
    }

    /** Writes a text where there is no file of that name; of several who try at once, one is told {@code true}. */
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

    /** Nothing where it is not there. */
    public void delete(String name) {
        try {
            storage.delete(name);
        } catch (IOException e) {
            throw failure("delete", name, e);
        }
    }

    /** That something could not be done to a file of it. */
    public UncheckedIOException failure(String verb, String name, IOException e) {
        return new UncheckedIOException(
                "Cannot %s %s: %s".formatted(verb, name.isEmpty() ? this : this + "/" + name, Reason.of(e)), e);
    }

    @Override
    public String toString() {
        return local().map(java.nio.file.Path::toString).orElseGet(path::toString);
    }
}
